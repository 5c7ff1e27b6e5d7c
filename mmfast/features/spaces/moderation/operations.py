"""The routes of channel moderation."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.spaces.moderation import errors


@operation("GetChannelModerations", "GET /channels/{channel_id}/moderations", guard=SIGNED_IN)
async def get_channel_moderations(ctx: Context) -> None:
    """What members and guests may do in a channel."""
    raise errors.READING_NEEDS_LICENSE()


@operation("PatchChannelModerations", "PUT /channels/{channel_id}/moderations/patch", guard=SIGNED_IN)
async def patch_channel_moderations(ctx: Context) -> None:
    """Changes what members and guests may do in a channel."""
    raise errors.CHANGING_NEEDS_LICENSE()
