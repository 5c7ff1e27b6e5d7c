"""The routes of searching channels."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.channel_lists.guards import may_list_public
from mmfast.features.spaces.channel_lists.types import ChannelsWithCount
from mmfast.features.spaces.channel_search import guards, store
from mmfast.features.spaces.channel_search.types import AllChannelsSearch, NameQuery, ScopeQuery, TermSearch
from mmfast.features.spaces.channels.service import get_default_channel_names
from mmfast.features.spaces.channels.types import Channel, ChannelWithTeam


@operation("SearchChannels", "POST /teams/{team_id}/channels/search", guard=guards.may_search_team, busy_refuses=True)
async def search_channels(ctx: Context, team_id: str, body: TermSearch | None, loaded: bool) -> list[Channel]:
    """The public channels of a team that a term is found in; one's own for who may not list them."""
    term = body.term if body is not None else ""
    if loaded:
        return await store.search_public(ctx.db, team_id, term)
    return await store.search_own(ctx.db, team_id, term, ctx.user_id)


@operation("SearchGroupChannels", "POST /channels/group/search", guard=guards.may_search_groups, busy_refuses=True)
async def search_group_channels(ctx: Context, body: TermSearch | None) -> list[Channel]:
    """One's own group channels by the usernames of their people."""
    return await store.search_groups(ctx.db, body.term if body is not None else "", ctx.user_id)


@operation("AutocompleteChannelsForTeam", "GET /teams/{team_id}/channels/autocomplete", guard=may_list_public)
async def autocomplete_channels(ctx: Context, team_id: str, query: NameQuery) -> list[Channel]:
    """The public and one's own channels of a team that fit what was typed."""
    user = await get_user(ctx, ctx.user_id)
    return await store.autocomplete(ctx.db, team_id, query.name, user.id, not user.is_guest)


@operation("AutocompleteChannelsForTeamForSearch", "GET /teams/{team_id}/channels/search_autocomplete", guard=SIGNED_IN)
async def autocomplete_channels_for_search(ctx: Context, team_id: str, query: NameQuery) -> list[Channel]:
    """One's own channels, in which posts can be searched, that fit what was typed."""
    return await store.autocomplete_own(ctx.db, team_id, query.name, ctx.user_id)


@operation("SearchAllChannels", "POST /channels/search", guard=guards.may_search_all, busy_refuses=True)
async def search_all_channels(
    ctx: Context, body: AllChannelsSearch, query: ScopeQuery, loaded: bool
) -> list[ChannelWithTeam] | ChannelsWithCount:
    """Channels of all teams for the console, or of the caller's teams."""
    if not loaded:
        return await store.search_across_teams(ctx.db, body.term, ctx.user_id)
    left_out = get_default_channel_names(ctx) if body.exclude_default_channels else []
    if not body.is_paged:
        return await store.search_all(ctx.db, body, left_out, 0, store.LIMIT)
    limit = min(max(body.per_page or 0, 0), store.LIMIT)
    found = await store.search_all(ctx.db, body, left_out, max(body.page or 0, 0) * limit, limit)
    return ChannelsWithCount(found, await store.count_all(ctx.db, body, left_out))
