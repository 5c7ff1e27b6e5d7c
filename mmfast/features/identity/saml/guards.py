"""Who may use SAML: nobody yet."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.roles.service import require
from mmfast.features.identity.saml import errors
from mmfast.features.identity.saml.types import MetadataSource


async def saml_available(ctx: Context) -> None:
    """Refuses everybody alike, with or without a session."""
    raise errors.NOT_AVAILABLE()


async def may_reset_auth_data(ctx: Context) -> None:
    """Who may not manage the system hears that first."""
    await require(ctx, "manage_system")
    raise errors.NOT_AVAILABLE()


async def may_fetch_metadata(ctx: Context, body: MetadataSource) -> None:
    """Who may not fetch metadata hears that first. Nothing is fetched while there is no use for it."""
    await require(ctx, "get_saml_metadata_from_idp")
    if not body.saml_metadata_url:
        raise INVALID_BODY_PARAM(name="saml_metadata_url")
    raise errors.NO_METADATA()
