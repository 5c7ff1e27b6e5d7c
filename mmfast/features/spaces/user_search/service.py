"""Finds people for lists, searches and completions. Whether one may look there is the guards' business."""

import hashlib

import msgspec

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.guards import may_see_everybody
from mmfast.features.spaces.user_search import store
from mmfast.features.spaces.user_search.types import (
    DEFAULT_SEARCH_LIMIT,
    MAX_SEARCH_LIMIT,
    AutocompleteQuery,
    Completions,
    CountQuery,
    ListQuery,
    SearchRequest,
    UserFilter,
)


async def _restrict(ctx: Context, wanted: UserFilter) -> UserFilter:
    """Narrows what guests find to those whom they see."""
    if not await may_see_everybody(ctx):
        wanted.visible_to = ctx.user_id
    return wanted


async def _profiles(ctx: Context, user_ids: list[str]) -> list[msgspec.Raw]:
    return await users.public_profiles(ctx, await users.get_users(ctx, user_ids))


async def list_users(ctx: Context, query: ListQuery) -> list[msgspec.Raw]:
    """A page of the users that the query describes. A team wins over a channel unless the order is the channel's."""
    by_channel = not query.in_team or query.sort in ("status", "admin")
    wanted = UserFilter(
        in_team=query.in_team,
        not_in_team=query.not_in_team,
        in_channel=query.in_channel if by_channel else "",
        not_in_channel=query.not_in_channel,
        in_group=query.in_group,
        not_in_group=query.not_in_group,
        without_team=query.without_team,
        active=query.active,
        inactive=query.inactive,
        roles=([query.role] if query.role else []) + query.roles,
        team_roles=query.team_roles,
        channel_roles=query.channel_roles,
    )
    return await _profiles(
        ctx, await store.list_user_ids(ctx.db, await _restrict(ctx, wanted), query.sort, query.limit, query.offset)
    )


def list_etag(ctx: Context, profiles: list[msgspec.Raw]) -> str:
    """Changes when anything in the list does."""
    digest = hashlib.blake2b(b"".join(map(bytes, profiles)), digest_size=12).hexdigest()
    return f"{ctx.app.version_id}.{len(profiles)}.{digest}"


async def count_users(ctx: Context, query: CountQuery) -> int:
    """How many users the query describes."""
    wanted = UserFilter(
        in_team=query.in_team,
        in_channel="" if query.in_team else query.in_channel,
        active=not query.include_deleted,
        people_only=not query.include_bots,
        local_only=not query.include_remote_users,
        roles=query.roles,
        team_roles=query.team_roles,
        channel_roles=query.channel_roles,
    )
    return await store.count_users(ctx.db, wanted)


def _words(term: str) -> list[str]:
    """The words of a search term; @ before a name and asterisks are decoration."""
    return [word for part in term.replace("*", "").split() if (word := part.lstrip("@"))]


async def search_users(ctx: Context, request: SearchRequest) -> list[msgspec.Raw]:
    """Users whose names begin with the words of the term. Hidden names and addresses are not searched."""
    words = _words(request.term)
    if not words:
        return []
    admin, privacy = await may(ctx, "manage_system"), ctx.config.PrivacySettings
    wanted = UserFilter(
        in_team=request.team_id,
        not_in_team=request.not_in_team_id,
        in_channel=request.in_channel_id,
        not_in_channel=request.not_in_channel_id,
        in_group=request.in_group_id,
        not_in_group=request.not_in_group_id,
        without_team=request.without_team,
        active=not request.allow_inactive,
        roles=([request.role] if request.role else []) + request.roles,
        team_roles=request.team_roles,
        channel_roles=request.channel_roles,
        words=words,
        by_name=admin or privacy.ShowFullName,
        by_email=admin or privacy.ShowEmailAddress,
    )
    limit = request.limit or DEFAULT_SEARCH_LIMIT
    return await _profiles(ctx, await store.list_user_ids(ctx.db, await _restrict(ctx, wanted), "", limit))


async def complete_users(ctx: Context, query: AutocompleteQuery) -> Completions:
    """Active users whose names begin with some letters; for a channel, also those of its team who are not in it."""
    limit = query.limit if 0 < query.limit <= MAX_SEARCH_LIMIT else DEFAULT_SEARCH_LIMIT
    inside = await _restrict(
        ctx,
        UserFilter(
            in_channel=query.in_channel,
            in_team="" if query.in_channel else query.in_team,
            active=True,
            words=_words(query.name),
            by_name=ctx.config.PrivacySettings.ShowFullName or await may(ctx, "manage_system"),
        ),
    )
    if not query.in_channel:
        return Completions(await _profiles(ctx, await store.list_user_ids(ctx.db, inside, "", limit)))
    outside = msgspec.structs.replace(inside, in_channel="", in_team=query.in_team, not_in_channel=query.in_channel)
    found, others = await store.list_inside_and_outside(ctx.db, inside, outside, limit)
    return Completions(await _profiles(ctx, found), await _profiles(ctx, others))


async def list_group_channel_users(ctx: Context, channel_ids: list[str]) -> dict[str, list[msgspec.Raw]]:
    """The other members of the caller's group channels, by channel."""
    members = await store.list_group_channel_members(ctx.db, ctx.user_id, channel_ids)
    view = await users.list_view(ctx)
    known = {u.id: users.profile_json(u, view) for u in await users.get_users(ctx, [u for _, u in members])}
    found: dict[str, list[msgspec.Raw]] = {}
    for channel_id, user_id in members:
        found.setdefault(channel_id, []).append(known[user_id])
    return found
