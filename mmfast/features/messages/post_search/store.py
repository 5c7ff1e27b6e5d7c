"""SQL of the full text search in Posts, by the indexes that the schema has for it."""

from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.post_lists.store import COUNTED, WITH_COUNT
from mmfast.features.messages.post_search.types import Words
from mmfast.features.messages.posts.types import WIDTH, Post, post_of
from mmfast.features.messages.search_terms.store import Conditions, add_filters, add_scope, resolve_people, text_query
from mmfast.features.messages.search_terms.types import Scope, Search

_IN_MESSAGE: Final = "to_tsvector('english', p.message)"
_IN_TAGS: Final = "to_tsvector('english', p.hashtags)"
_WITH_FILES: Final = "SELECT f.postid FROM fileinfo f WHERE f.extension = ANY({}::text[]) AND f.deleteat = 0"
_TAGS: Final = "string_to_array(lower(p.hashtags), ' ')"


async def search_posts(
    db: Executor, search: Search, scope: Scope, words: tuple[Words, Words], offset: int, limit: int
) -> list[Post]:
    """The posts that a search means, newest first. `words` are those wanted and those excluded."""
    await resolve_people(db, search)
    conditions = Conditions()
    add_scope(conditions, scope, "p.channelid")
    conditions.add("p.deleteat = 0")
    conditions.add("COALESCE(p.type, '') NOT LIKE 'system\\_%'")
    add_filters(conditions, search, scope, ("p.userid", "p.channelid", "p.createat"))
    for side, holds in ((search.wanted, True), (search.excluded, False)):
        if side.extensions:
            endings = conditions.argument(side.extensions)
            conditions.add(f"p.id IN ({_WITH_FILES.format(endings)})", holds=holds)
    _add_words(conditions, *words, any_word=search.any_word)
    page = f"LIMIT {conditions.argument(limit)} OFFSET {conditions.argument(offset)}"
    rows = await db.fetch(
        f"{COUNTED}{WITH_COUNT} WHERE {conditions.sql()} ORDER BY p.createat DESC, p.id {page}", *conditions.arguments
    )
    posts = []
    for row in rows:
        post = post_of(row)
        post.reply_count = row[WIDTH]
        posts.append(post)
    return posts


def _add_words(conditions: Conditions, wanted: Words, excluded: Words, *, any_word: bool) -> None:
    """Words are looked for in the message, tags among the hashtags; where both are wanted, either is enough."""
    either = []
    if wanted.words:
        query = conditions.argument(text_query(wanted.words, excluded.words, any_word=any_word))
        either.append(f"{_IN_MESSAGE} @@ to_tsquery('english', {query})")
    elif excluded.words:
        query = conditions.argument(text_query(excluded.words, [], any_word=True))
        conditions.add(f"{_IN_MESSAGE} @@ to_tsquery('english', {query})", holds=False)
    if wanted.tags:
        # The index finds the words of which tags are made; the comparison keeps to whole tags.
        query = conditions.argument(text_query(wanted.tags, [], any_word=any_word))
        exact = f"{_TAGS} {'&&' if any_word else '@>'} {conditions.argument(wanted.tags)}::text[]"
        either.append(f"({_IN_TAGS} @@ to_tsquery('english', {query}) AND {exact})")
    if either:
        conditions.add(f"({' OR '.join(either)})")
    if excluded.tags:
        conditions.add(f"COALESCE({_TAGS} && {conditions.argument(excluded.tags)}::text[], false)", holds=False)
