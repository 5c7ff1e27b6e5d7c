"""The routes of a channel's members."""

from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.paging import Page
from mmfast.api.responses import Created, Response
from mmfast.core.errors import AppError
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.channel_members import errors, guards, service, store
from mmfast.features.spaces.channel_members.types import (
    ChannelMember,
    ChannelStats,
    NewMembers,
    StatsQuery,
    TeamChannelMember,
)
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.schemes.types import SchemeRoles

LINES_AT_ONCE: Final = 500
"""Memberships that one query of a stream of all of them reads."""


@operation("GetChannelMembers", "GET /channels/{channel_id}/members", guard=guards.may_read_members)
async def get_channel_members(ctx: Context, loaded: Channel, query: Page) -> list[ChannelMember]:
    """A page of the members."""
    return await service.list_members(ctx, loaded, query.offset, query.limit)


@operation("GetChannelMembersByIds", "POST /channels/{channel_id}/members/ids", guard=guards.may_read_members_by_ids)
async def get_channel_members_by_ids(ctx: Context, loaded: Channel, body: list[str]) -> list[ChannelMember]:
    """The members among the users named."""
    return await service.list_members_by_ids(ctx, loaded, body)


@operation("GetChannelMember", "GET /channels/{channel_id}/members/{user_id}", guard=guards.may_read_members)
async def get_channel_member(ctx: Context, loaded: Channel, user_id: str) -> ChannelMember:
    """One member."""
    return service.as_seen(ctx, await service.get_member(ctx, loaded, user_id))


@operation("AddChannelMember", "POST /channels/{channel_id}/members", guard=guards.may_add_members)
async def add_channel_member(
    ctx: Context, body: dict[str, Any], loaded: NewMembers
) -> Created[ChannelMember | list[ChannelMember] | None]:
    """Adds one user or several. Of several, those who cannot be added are left out unless nobody can."""
    added: list[ChannelMember] = []
    refused: AppError | None = None
    for user_id in loaded.user_ids:
        try:
            added.append(await service.admit(ctx, loaded.channel, user_id, root_id=loaded.root_id))
        except AppError as error:
            refused = error
    if refused is not None and not added:
        raise refused
    seen = [service.as_seen(ctx, member) for member in added]
    if loaded.several:
        return Created(seen or None)
    return Created(seen[0])


@operation("RemoveUserFromChannel", "DELETE /channels/{channel_id}/members/{user_id}", guard=guards.may_remove_member)
async def remove_user_from_channel(ctx: Context, loaded: Channel, user_id: str) -> None:
    """Removes a member, or leaves."""
    user = await get_user(ctx, user_id)
    await service.remove_member(ctx, loaded, user, actor_id=ctx.user_id)


@operation("UpdateChannelRoles", "PUT /channels/{channel_id}/members/{user_id}/roles", guard=guards.may_change_roles)
async def update_channel_roles(ctx: Context, loaded: Channel, user_id: str, body: dict[str, Any]) -> None:
    """Sets a member's roles by name."""
    await service.update_roles(ctx, loaded, user_id, body["roles"])


@operation(
    "UpdateChannelMemberSchemeRoles",
    "PUT /channels/{channel_id}/members/{user_id}/schemeRoles",
    guard=guards.may_change_scheme_roles,
)
async def update_channel_member_scheme_roles(ctx: Context, loaded: Channel, user_id: str, body: SchemeRoles) -> None:
    """Sets a member's roles by the scheme's flags."""
    await service.update_scheme_roles(ctx, loaded, user_id, body)


@operation(
    "UpdateChannelNotifyProps", "PUT /channels/{channel_id}/members/{user_id}/notify_props", guard=guards.may_act_for
)
async def update_channel_notify_props(ctx: Context, channel_id: str, user_id: str, body: dict[str, str]) -> None:
    """Changes a member's notification settings."""
    await service.update_notify_props(ctx, channel_id, user_id, body)


@operation(
    "UpdateChannelMemberAutotranslation",
    "PUT /channels/{channel_id}/members/{user_id}/autotranslation",
    guard=SIGNED_IN,
)
async def update_channel_member_autotranslation(ctx: Context) -> None:
    """Translation of messages is no feature of this server."""
    raise errors.TRANSLATION_UNAVAILABLE()


@operation("GetChannelStats", "GET /channels/{channel_id}/stats", guard=guards.may_read_members)
async def get_channel_stats(ctx: Context, channel_id: str, query: StatsQuery) -> ChannelStats:
    """How many people, pinned posts and files there are."""
    members, guests, pinned = await store.count_members(ctx.db, channel_id)
    files = -1 if query.exclude_files_count else await store.count_files(ctx.db, channel_id)
    return ChannelStats(channel_id, members, guests, pinned, files)


@operation("GetChannelMembersTimezones", "GET /channels/{channel_id}/timezones", guard=guards.may_read_members)
async def get_channel_members_timezones(ctx: Context, channel_id: str) -> list[str]:
    """The time zones of the members."""
    return await store.list_timezones(ctx.db, channel_id)


@operation("GetChannelsMemberCount", "POST /channels/stats/member_count", guard=guards.may_count_members)
async def get_channels_member_count(ctx: Context, body: list[str]) -> dict[str, int]:
    """How many members each of the channels has."""
    counts = await store.count_members_of(ctx.db, body)
    return {channel_id: counts.get(channel_id, 0) for channel_id in body}


@operation(
    "GetChannelMembersForUser",
    "GET /users/{user_id}/teams/{team_id}/channels/members",
    guard=guards.may_read_memberships,
)
async def get_channel_members_for_user(ctx: Context, user_id: str, team_id: str) -> list[ChannelMember]:
    """A user's memberships in a team, and in direct and group channels."""
    found = await store.list_memberships(ctx.db, team_id, user_id)
    await service.fill_all_roles(ctx, found)
    return [service.as_seen(ctx, member) for member in found]


@operation("GetChannelMembersWithTeamDataForUser", "GET /users/{user_id}/channel_members", guard=guards.may_act_for)
async def get_channel_members_with_team_data(
    ctx: Context, user_id: str, query: Page
) -> list[TeamChannelMember] | Response:
    """A page of a user's memberships in all teams; with the page -1 all of them, one JSON document a line."""
    if query.page < 0:
        return Response(200, [("Content-Type", "application/x-ndjson")], _lines(ctx, user_id))
    return await service.list_memberships_of_user(ctx, user_id, query.offset, query.limit)


async def _lines(ctx: Context, user_id: str) -> AsyncIterator[bytes]:
    offset = 0
    while members := await service.list_memberships_of_user(ctx, user_id, offset, LINES_AT_ONCE):
        yield b"".join([msgspec.json.encode(member) + b"\n" for member in members])
        offset += LINES_AT_ONCE
