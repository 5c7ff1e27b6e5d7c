"""Who may say that somebody writes."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import may
from mmfast.features.spaces.channels.guards import may_in_channel
from mmfast.features.spaces.typing.types import TypingPlace


async def may_publish_typing(ctx: Context, user_id: str, body: TypingPlace) -> None:
    """The user, or who may manage the system, where the caller may post."""
    if user_id != ctx.user_id and not await may(ctx, "manage_system"):
        raise PERMISSION(detail="needs manage_system")
    if not await may_in_channel(ctx, body.channel_id, "create_post"):
        raise PERMISSION(detail="needs create_post in the channel")
