"""The routes of channels: made, read, changed, converted, archived, restored, moved."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.channels import service
from mmfast.features.spaces.channels.guards import may_create_channel, may_get_channel
from mmfast.features.spaces.channels.types import Channel, ChannelCreate


@operation("CreateChannel", "POST /channels", guard=may_create_channel)
async def create_channel(ctx: Context, body: ChannelCreate) -> Created[Channel]:
    """Makes a public or private channel; its maker becomes its admin."""
    return Created(await service.create_channel(ctx, body, await get_user(ctx, ctx.user_id)))


@operation("GetChannel", "GET /channels/{channel_id}", guard=may_get_channel)
async def get_channel(ctx: Context, loaded: Channel) -> Channel:
    """A channel, archived or not."""
    return loaded
