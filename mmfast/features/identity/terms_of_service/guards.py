"""Who may write terms of service."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require
from mmfast.features.identity.terms_of_service import errors


async def may_create_terms(ctx: Context) -> None:
    """Administrators, where the configuration allows terms of one's own."""
    await require(ctx, "manage_system")
    if not ctx.config.SupportSettings.CustomTermsOfServiceEnabled:
        raise errors.SWITCHED_OFF()
