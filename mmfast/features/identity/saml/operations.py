"""The routes of SAML: all refuse, most by their guards."""

from urllib.parse import urlencode

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC
from mmfast.api.html import redirect
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.features.identity.saml import errors, guards
from mmfast.features.identity.saml.types import MetadataSource


@operation("GetSamlMetadata", "GET /saml/metadata", guard=guards.saml_available, auth=OPTIONAL)
@operation("ResetSamlAuthDataToEmail", "POST /saml/reset_auth_data", guard=guards.may_reset_auth_data)
async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guards refuse."""


@operation("GetSamlMetadataFromIdp", "POST /saml/metadatafromidp", guard=guards.may_fetch_metadata, auth=OPTIONAL)
async def get_saml_metadata_from_idp(ctx: Context, body: MetadataSource) -> None:
    """Nothing is fetched while there is no use for it."""
    if not body.saml_metadata_url:
        raise INVALID_BODY_PARAM(name="saml_metadata_url")
    raise errors.NO_METADATA()


@operation("LoginWithSaml", "GET //login/sso/saml", guard=PUBLIC, auth=OPTIONAL)
@operation("CompleteSaml", "POST //login/sso/saml", guard=PUBLIC, auth=OPTIONAL, trust_requester=True)
async def show_not_available(ctx: Context) -> Response:
    """A browser comes here: it is sent to the page that shows errors."""
    return redirect(ctx, "/error?" + urlencode({"message": errors.NOT_AVAILABLE.text}))
