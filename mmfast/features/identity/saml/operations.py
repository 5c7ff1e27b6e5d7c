"""The routes of SAML, all behind guards that refuse."""

from mmfast.api.context import Context
from mmfast.api.operation import OPTIONAL, operation
from mmfast.features.identity.saml import guards


@operation("GetSamlMetadata", "GET /saml/metadata", guard=guards.saml_available, auth=OPTIONAL)
@operation("GetSamlMetadataFromIdp", "POST /saml/metadatafromidp", guard=guards.may_fetch_metadata, auth=OPTIONAL)
@operation("ResetSamlAuthDataToEmail", "POST /saml/reset_auth_data", guard=guards.may_reset_auth_data)
async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guards refuse."""
