"""The routes of acknowledgements."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.messages.acknowledgements.errors import SAVE_NEEDS_LICENSE
from mmfast.features.messages.posts.errors import LICENSE_NEEDED


@operation("SaveAcknowledgementForPost", "POST /users/{user_id}/posts/{post_id}/ack", guard=SIGNED_IN)
async def save_acknowledgement(ctx: Context, user_id: str, post_id: str) -> Response:
    raise SAVE_NEEDS_LICENSE()


@operation("DeleteAcknowledgementForPost", "DELETE /users/{user_id}/posts/{post_id}/ack", guard=SIGNED_IN)
async def delete_acknowledgement(ctx: Context, user_id: str, post_id: str) -> Response:
    raise LICENSE_NEEDED()
