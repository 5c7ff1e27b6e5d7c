"""The routes of channels: made, read, changed, converted, archived, restored, moved."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.channels import errors, guards, service
from mmfast.features.spaces.channels.types import Channel, ChannelCreate, ChannelPatch, ChannelUpdate, DeleteQuery, Move


@operation("CreateChannel", "POST /channels", guard=guards.may_create_channel)
async def create_channel(ctx: Context, body: ChannelCreate) -> Created[Channel]:
    """Makes a public or private channel; its maker becomes its admin."""
    creator = await get_user(ctx, ctx.user_id) if ctx.user_id else None
    return Created(await service.create_channel(ctx, body, creator))


@operation("GetChannel", "GET /channels/{channel_id}", guard=guards.may_get_channel)
async def get_channel(ctx: Context, loaded: Channel) -> Channel:
    """A channel, archived or not."""
    return loaded


@operation("GetChannelByName", "GET /teams/{team_id}/channels/name/{channel_name}", guard=guards.may_get_by_name)
async def get_channel_by_name(ctx: Context, loaded: Channel) -> Channel:
    """A channel by its name."""
    return loaded


@operation(
    "GetChannelByNameForTeamName",
    "GET /teams/name/{team_name}/channels/name/{channel_name}",
    guard=guards.may_get_by_names,
)
async def get_channel_by_names(ctx: Context, loaded: Channel) -> Channel:
    """A channel by its team's name and its own."""
    return loaded


@operation("UpdateChannel", "PUT /channels/{channel_id}", guard=guards.may_update_channel)
async def update_channel(ctx: Context, body: ChannelUpdate, loaded: Channel) -> Channel:
    """Replaces a channel's properties."""
    return await service.update_channel(ctx, loaded, body)


@operation("PatchChannel", "PUT /channels/{channel_id}/patch", guard=guards.may_patch_channel)
async def patch_channel(ctx: Context, body: ChannelPatch | None, loaded: Channel) -> Channel:
    """Changes some of a channel's properties."""
    return await service.patch_channel(ctx, loaded, body or ChannelPatch())


@operation("UpdateChannelPrivacy", "PUT /channels/{channel_id}/privacy", guard=guards.may_update_privacy)
async def update_channel_privacy(ctx: Context, body: dict[str, Any], loaded: Channel) -> Channel:
    """Makes a channel public or private."""
    return await service.update_privacy(ctx, loaded, body["privacy"])


@operation("DeleteChannel", "DELETE /channels/{channel_id}", guard=guards.may_delete_channel)
async def delete_channel(ctx: Context, loaded: Channel, query: DeleteQuery) -> None:
    """Archives a channel; with `permanent`, deletes it for good where the server allows that."""
    if not query.permanent:
        await service.archive_channel(ctx, loaded)
    elif ctx.config.ServiceSettings.EnableAPIChannelDeletion:
        await service.delete_channel(ctx, loaded)
    elif await may(ctx, "manage_system"):
        raise errors.DELETION_OFF_FOR_ADMIN()
    else:
        raise errors.DELETION_OFF()


@operation("RestoreChannel", "POST /channels/{channel_id}/restore", guard=guards.may_restore_channel)
async def restore_channel(ctx: Context, loaded: Channel) -> Channel:
    """Opens an archived channel again."""
    return await service.restore_channel(ctx, loaded)


@operation("MoveChannel", "POST /channels/{channel_id}/move", guard=guards.may_move_channel)
async def move_channel(ctx: Context, body: bytes, loaded: Move) -> Channel:
    """Brings a channel into another team."""
    return await service.move_channel(ctx, loaded.channel, loaded.team, force=loaded.force)


@operation("UpdateChannelScheme", "PUT /channels/{channel_id}/scheme", guard=SIGNED_IN)
async def update_channel_scheme(ctx: Context, body: dict[str, Any]) -> None:
    """Gives a channel a scheme of its own, which needs a licence."""
    scheme_id = body.get("scheme_id")
    if not isinstance(scheme_id, str) or (scheme_id and not is_valid_id(scheme_id)):
        raise INVALID_BODY_PARAM(name="scheme_id")
    raise errors.SCHEME_NEEDS_LICENSE()
