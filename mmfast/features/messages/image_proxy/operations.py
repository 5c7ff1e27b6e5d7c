"""The route of the proxy."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.messages.image_proxy.service import fetch_image
from mmfast.features.messages.image_proxy.types import ImageQuery


@operation("GetImageByUrl", "GET /image", guard=SIGNED_IN, trust_requester=True)
async def get_image_by_url(ctx: Context, query: ImageQuery) -> Response:
    return await fetch_image(ctx, query.url)
