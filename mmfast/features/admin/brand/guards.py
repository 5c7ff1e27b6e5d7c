"""Who may set and delete the brand image."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_edit_brand(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "edit_brand")
