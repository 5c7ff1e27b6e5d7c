"""The routes of the search for posts."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.features.messages.post_search import errors, guards, service
from mmfast.features.messages.post_search.types import FoundPosts
from mmfast.features.messages.search_terms.types import SearchRequest

_NEVER_KEPT = (("Cache-Control", "no-cache, no-store, must-revalidate"),)


@operation(
    "SearchPosts",
    "POST /teams/{team_id}/posts/search",
    guard=guards.may_search_team,
    body_error=errors.BAD_BODY,
    busy_refuses=True,
)
async def search_posts(ctx: Context, team_id: str, body: SearchRequest) -> JSONResponse[FoundPosts]:
    return JSONResponse(await service.search_posts(ctx, body, team_id), headers=_NEVER_KEPT)


@operation(
    "SearchPostsInAllTeams",
    "POST /posts/search",
    guard=guards.may_search,
    body_error=errors.BAD_BODY,
    busy_refuses=True,
)
async def search_posts_in_all_teams(ctx: Context, body: SearchRequest) -> JSONResponse[FoundPosts]:
    return JSONResponse(await service.search_posts(ctx, body, ""), headers=_NEVER_KEPT)
