"""The routes that search for files."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.features.messages.file_search import errors, service
from mmfast.features.messages.file_search.guards import may_search_team
from mmfast.features.messages.file_search.types import FilesFound
from mmfast.features.messages.search_terms.types import SearchRequest

_NEVER_KEPT: Final = (("Cache-Control", "no-cache, no-store, must-revalidate"),)


@operation(
    "SearchFilesInTeam",
    "POST /teams/{team_id}/files/search",
    guard=may_search_team,
    busy_refuses=True,
    body_error=errors.BODY_INVALID,
)
async def search_files_in_team(ctx: Context, team_id: str, body: SearchRequest) -> JSONResponse[FilesFound]:
    return JSONResponse(await service.search_files(ctx, body, team_id), headers=_NEVER_KEPT)


@operation("SearchFiles", "POST /files/search", guard=SIGNED_IN, busy_refuses=True, body_error=errors.BODY_INVALID)
async def search_files(ctx: Context, body: SearchRequest) -> JSONResponse[FilesFound]:
    return JSONResponse(await service.search_files(ctx, body), headers=_NEVER_KEPT)
