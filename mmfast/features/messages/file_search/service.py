"""Searches for files in the searcher's channels."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.db.errors import StatementError
from mmfast.features.messages.file_search import errors, store
from mmfast.features.messages.file_search.types import FilesFound
from mmfast.features.messages.search_terms.service import MAX_WORDS, parse_search, says_something
from mmfast.features.messages.search_terms.store import QUERY_TOO_LARGE
from mmfast.features.messages.search_terms.types import Scope, SearchRequest
from mmfast.platform.metrics import counter

SEARCHES: Final = counter("mattermost_search_files_searches_total", "Searches for files.")

PAGE: Final = 100
LAST_PAGE: Final = 1_000_000


async def search_files(ctx: Context, wanted: SearchRequest, team_id: str = "") -> FilesFound:
    """What is found in the team's channels (and direct ones), or in all."""
    if not wanted.terms:
        raise INVALID_BODY_PARAM(name="terms")
    if not ctx.config.ServiceSettings.EnableFileSearch:
        raise errors.SEARCH_OFF()
    SEARCHES.inc()
    search = parse_search(wanted.terms, any_word=wanted.is_or_search, zone_seconds=wanted.time_zone_offset)
    words = (_sayings(search.wanted.words), _sayings(search.excluded.words))
    if not (words[0] or search.wanted.filters or search.excluded.filters):
        return FilesFound([], {})
    scope = Scope(ctx.user_id, team_id, archived=wanted.include_deleted_channels)
    offset = max(0, min(wanted.page, LAST_PAGE)) * PAGE
    try:
        files = await store.search_files(ctx.db, search, scope, words, offset, PAGE)
    except StatementError as error:
        if error.sqlstate != QUERY_TOO_LARGE:
            raise
        return FilesFound([], {})
    return FilesFound([file.id for file in files], {file.id: file for file in files})


def _sayings(words: list[str]) -> list[str]:
    return [word for word in dict.fromkeys(words[:MAX_WORDS]) if says_something(word)]
