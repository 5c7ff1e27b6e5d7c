"""The routes of lists of channels."""

import hashlib

from mmfast.api.context import Context
from mmfast.api.etags import tagged
from mmfast.api.operation import operation
from mmfast.api.paging import Page
from mmfast.api.responses import JSONResponse, Response
from mmfast.features.identity.roles.service import may
from mmfast.features.spaces.channel_lists import errors, guards, store
from mmfast.features.spaces.channel_lists.types import AllChannelsQuery, ChannelsWithCount, OwnChannelsQuery
from mmfast.features.spaces.channels.service import get_default_channel_names
from mmfast.features.spaces.channels.types import PRIVATE, PUBLIC, Channel, ChannelWithTeam


@operation("GetPublicChannelsForTeam", "GET /teams/{team_id}/channels", guard=guards.may_list_public)
async def get_public_channels(ctx: Context, team_id: str, query: Page) -> list[Channel]:
    """A page of a team's public channels."""
    return await store.list_team_channels(ctx.db, team_id, PUBLIC, query.offset, query.limit)


@operation("GetPrivateChannelsForTeam", "GET /teams/{team_id}/channels/private", guard=guards.may_list_private)
async def get_private_channels(ctx: Context, team_id: str, query: Page) -> list[Channel]:
    """A page of a team's private channels."""
    return await store.list_team_channels(ctx.db, team_id, PRIVATE, query.offset, query.limit)


@operation("GetDeletedChannelsForTeam", "GET /teams/{team_id}/channels/deleted", guard=guards.may_list_public)
async def get_archived_channels(ctx: Context, team_id: str, query: Page) -> list[Channel]:
    """A page of a team's archived channels."""
    everything = await may(ctx, "manage_system")
    return await store.list_archived_channels(ctx.db, team_id, ctx.user_id, everything, query.offset, query.limit)


@operation("GetPublicChannelsByIdsForTeam", "POST /teams/{team_id}/channels/ids", guard=guards.may_list_by_ids)
async def get_public_channels_by_ids(ctx: Context, team_id: str, body: list[str]) -> list[Channel]:
    """Those of the channels named that are public ones of the team."""
    found = await store.list_public_channels_by_ids(ctx.db, team_id, body)
    if not found:
        raise errors.NONE_BY_IDS()
    return found


def _etag(ctx: Context, channels: list[Channel]) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for channel in channels:
        digest.update(f"{channel.id}{channel.update_at}.{channel.last_post_at}.{channel.total_msg_count};".encode())
    return f"{ctx.app.version_id}.{digest.hexdigest()}"


@operation(
    "GetChannelsForTeamForUser", "GET /users/{user_id}/teams/{team_id}/channels", guard=guards.may_list_own_in_team
)
async def get_channels_for_team_for_user(
    ctx: Context, user_id: str, team_id: str, query: OwnChannelsQuery
) -> JSONResponse[list[Channel]] | Response:
    """A user's channels in a team, and their direct and group channels."""
    found = await store.list_own_channels(ctx.db, user_id, team_id, query.include_deleted, query.last_delete_at)
    if not found:
        raise errors.NONE_FOUND()
    return tagged(ctx, _etag(ctx, found), lambda: found)


@operation("GetChannelsForUser", "GET /users/{user_id}/channels", guard=guards.may_list_own)
async def get_channels_for_user(ctx: Context, user_id: str, query: OwnChannelsQuery) -> list[Channel]:
    """A user's channels in all teams, and their direct and group channels."""
    found = await store.list_own_channels(ctx.db, user_id, None, query.include_deleted, query.last_delete_at)
    if not found:
        raise errors.NONE_FOUND()
    return found


@operation("GetAllChannels", "GET /channels", guard=guards.may_list_all)
async def get_all_channels(ctx: Context, query: AllChannelsQuery) -> list[ChannelWithTeam] | ChannelsWithCount:
    """A page of all teams' channels."""
    left_out = get_default_channel_names(ctx) if query.exclude_default_channels else []
    found = await store.list_all_channels(ctx.db, query, left_out)
    if query.include_total_count:
        return ChannelsWithCount(found, await store.count_all_channels(ctx.db, query, left_out))
    return found
