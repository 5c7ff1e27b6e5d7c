"""The routes by which people are found."""

from typing import Any

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import PAYLOAD_PARSE
from mmfast.api.etags import tagged
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse, Response
from mmfast.features.identity.users.types import UserCount
from mmfast.features.spaces.user_search import guards, service, store
from mmfast.features.spaces.user_search.types import (
    AutocompleteQuery,
    Completions,
    CountQuery,
    ListQuery,
    SearchRequest,
)


@operation("GetUsers", "GET /users", guard=guards.may_list_users)
async def get_users(ctx: Context, query: ListQuery) -> list[msgspec.Raw] | JSONResponse[Any] | Response:
    """A page of users; under an ETag unless it is a channel's, whose order may change without any user's change."""
    found = await service.list_users(ctx, query)
    if query.in_channel or query.not_in_channel or query.in_group or query.without_team or query.sort:
        return found
    return tagged(ctx, service.list_etag(ctx, found), lambda: found)


@operation("SearchUsers", "POST /users/search", guard=guards.may_search_users, busy_refuses=True)
async def search_users(ctx: Context, body: SearchRequest) -> list[msgspec.Raw]:
    """Users by the beginnings of their names."""
    return await service.search_users(ctx, body)


@operation("AutocompleteUsers", "GET /users/autocomplete", guard=guards.may_autocomplete_users)
async def autocomplete_users(ctx: Context, query: AutocompleteQuery) -> Completions:
    """Whom a few letters may mean."""
    return await service.complete_users(ctx, query)


@operation("GetTotalUsersStatsFiltered", "GET /users/stats/filtered", guard=guards.may_count_users)
async def get_total_users_stats_filtered(ctx: Context, query: CountQuery) -> UserCount:
    """How many users there are of some kind."""
    return UserCount(await service.count_users(ctx, query))


@operation("GetKnownUsers", "GET /users/known", guard=SIGNED_IN)
async def get_known_users(ctx: Context) -> list[str]:
    """The ids of those who share a channel with the caller."""
    return await store.list_known_ids(ctx.db, ctx.user_id)


@operation("GetUsersByGroupChannelIds", "POST /users/group_channels", guard=SIGNED_IN)
async def get_users_by_group_channel_ids(ctx: Context, body: list[str]) -> dict[str, list[msgspec.Raw]]:
    """The other members of the caller's group channels."""
    if not body:
        raise PAYLOAD_PARSE()
    return await service.list_group_channel_users(ctx, body)
