"""Who may read schemes. Changing them is refused to everybody until there is a licence."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_read_schemes(ctx: Context) -> None:
    """Open to those who see the permissions section of the System Console."""
    await require(ctx, "sysconsole_read_user_management_permissions")
