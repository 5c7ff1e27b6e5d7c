"""The route that tells where a link leads."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.messages.link_targets.service import find_target
from mmfast.features.messages.link_targets.types import LinkQuery, Target


@operation("GetRedirectLocation", "GET /redirect_location", guard=SIGNED_IN, trust_requester=True)
async def get_redirect_location(ctx: Context, query: LinkQuery) -> Target:
    if not ctx.config.ServiceSettings.EnableLinkPreviews:
        return Target("")
    if not query.url:
        raise INVALID_BODY_PARAM(name="url")
    return await find_target(ctx, query.url)
