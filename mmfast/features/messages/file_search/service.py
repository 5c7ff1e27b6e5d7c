"""Searches for files in the searcher's channels."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.messages.file_search import errors, store
from mmfast.features.messages.file_search.types import FileSearch, FilesFound
from mmfast.features.messages.search_terms.service import parse_search
from mmfast.features.messages.search_terms.types import Scope


async def search_files(ctx: Context, wanted: FileSearch, team_id: str = "") -> FilesFound:
    """What is found in the team's channels (and direct ones), or in all."""
    if not wanted.terms:
        raise INVALID_BODY_PARAM(name="terms")
    if not ctx.config.ServiceSettings.EnableFileSearch:
        raise errors.SEARCH_OFF()
    search = parse_search(wanted.terms, any_word=wanted.is_or_search, zone_seconds=wanted.time_zone_offset)
    if search.finds_nothing or wanted.page > 0:
        return FilesFound([], {})
    scope = Scope(ctx.user_id, team_id, archived=wanted.include_deleted_channels)
    files = await store.search_files(ctx.db, search, scope)
    return FilesFound([file.id for file in files], {file.id: file for file in files})
