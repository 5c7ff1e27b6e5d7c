"""Searches posts for the caller."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.db.errors import StatementError
from mmfast.features.messages.hashtags.service import find_hashtags
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.post_search import errors, store
from mmfast.features.messages.post_search.types import FoundPosts, Words
from mmfast.features.messages.search_terms.service import MAX_WORDS, parse_search, says_something
from mmfast.features.messages.search_terms.store import QUERY_TOO_LARGE
from mmfast.features.messages.search_terms.types import Scope, SearchRequest
from mmfast.platform.metrics import counter

SEARCHES: Final = counter("mattermost_search_posts_searches_total", "Searches for posts.")

PAGE: Final = 100
LAST_PAGE: Final = 1_000_000


def require_search(ctx: Context, wanted: SearchRequest) -> None:
    """Refuses a search for nothing, and every search where the configuration switches searching off."""
    if not wanted.terms:
        raise INVALID_BODY_PARAM(name="terms")
    if not ctx.config.ServiceSettings.EnablePostSearch:
        raise errors.DISABLED()


async def search_posts(ctx: Context, wanted: SearchRequest, team_id: str) -> FoundPosts:
    """The posts in the caller's channels of a team and in direct messages, or everywhere (team "")."""
    require_search(ctx, wanted)
    SEARCHES.inc()
    search = parse_search(wanted.terms, any_word=wanted.is_or_search, zone_seconds=wanted.time_zone_offset)
    words, excluded = sort_words(search.wanted.words), sort_words(search.excluded.words)
    if not (words.words or words.tags or search.wanted.filters or search.excluded.filters):
        return FoundPosts([], {})
    scope = Scope(ctx.user_id, team_id, archived=wanted.include_deleted_channels)
    offset = max(0, min(wanted.page, LAST_PAGE)) * PAGE
    try:
        posts = await store.search_posts(ctx.db, search, scope, (words, excluded), offset, PAGE)
    except StatementError as error:
        if error.sqlstate != QUERY_TOO_LARGE:
            raise
        return FoundPosts([], {})
    await prepare(ctx, posts)
    return FoundPosts([post.id for post in posts], {post.id: post for post in posts})


def sort_words(words: list[str]) -> Words:
    """The words that say something, and the hashtags among them."""
    found = Words([], [])
    for word in dict.fromkeys(words[:MAX_WORDS]):
        if word.startswith("#") and "*" not in word and (tags := find_hashtags(word)):
            found.tags += tags.lower().split()
        elif says_something(word):
            found.words.append(word)
    return found
