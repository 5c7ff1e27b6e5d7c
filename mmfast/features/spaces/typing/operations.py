"""The route that tells of typing."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.spaces.typing.guards import may_publish_typing
from mmfast.features.spaces.typing.types import TypingPlace
from mmfast.realtime.events import Typing


@operation("PublishUserTyping", "POST /users/{user_id}/typing", guard=may_publish_typing, busy_refuses=True)
async def publish_user_typing(ctx: Context, user_id: str, body: TypingPlace) -> None:
    """Tells the channel's other members; unlike the WebSocket's, also where typing is switched off."""
    ctx.announce(Typing(parent_id=body.parent_id, user_id=user_id).to(channel_id=body.channel_id, omit_users=[user_id]))
