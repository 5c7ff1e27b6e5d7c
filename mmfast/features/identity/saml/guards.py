"""Who may use SAML: nobody yet."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require
from mmfast.features.identity.saml import errors


async def saml_available(ctx: Context) -> None:
    """Refuses everybody alike, with or without a session."""
    raise errors.NOT_AVAILABLE()


async def may_reset_auth_data(ctx: Context) -> None:
    """Who may not manage the system hears that first."""
    await require(ctx, "manage_system")
    raise errors.NOT_AVAILABLE()


async def may_fetch_metadata(ctx: Context) -> None:
    """Who holds the permission for it, with or without a session."""
    await require(ctx, "get_saml_metadata_from_idp")
