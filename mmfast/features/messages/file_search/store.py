"""SQL that finds files by words.

The words are looked for in three texts, each with an index: the name as it is, the name with its dots and dashes as
spaces, and the text in the file. All words must be in the same one.
"""

from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.files.store import COLUMNS
from mmfast.features.messages.files.types import FileInfo, file_info_of
from mmfast.features.messages.search_terms.store import Conditions, add_filters, add_scope, resolve_people, text_query
from mmfast.features.messages.search_terms.types import Scope, Search

_AS_IS: Final = ("to_tsvector('english', f.name)", "to_tsvector('english', f.content)")
_SPLIT: Final = "to_tsvector('english', translate((f.name)::text, '.,-', '   '))"
_SIGNS: Final = str.maketrans(".,-", "   ")


async def search_files(
    db: Executor, search: Search, scope: Scope, words: tuple[list[str], list[str]], offset: int, limit: int
) -> list[FileInfo]:
    """The files that the search means, newest first. `words` are those wanted and those excluded."""
    await resolve_people(db, search)
    conditions = Conditions()
    add_scope(conditions, scope, "f.channelid")
    conditions.add("f.deleteat = 0")
    conditions.add("f.postid <> ''")
    add_filters(conditions, search, scope, ("f.creatorid", "f.channelid", "f.createat"))
    for side, holds in ((search.wanted, True), (search.excluded, False)):
        if side.extensions:
            conditions.add(f"f.extension = ANY({conditions.argument(side.extensions)}::text[])", holds=holds)
    wanted, excluded = words
    if wanted:
        conditions.add(_match(conditions, wanted, any_word=search.any_word))
    if excluded:
        conditions.add(f"COALESCE({_match(conditions, excluded, any_word=True)}, false)", holds=False)
    page = f"LIMIT {conditions.argument(limit)} OFFSET {conditions.argument(offset)}"
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM fileinfo f WHERE {conditions.sql()} ORDER BY f.createat DESC, f.id {page}",
        *conditions.arguments,
    )
    return [file_info_of(row) for row in rows]


def _match(conditions: Conditions, words: list[str], *, any_word: bool) -> str:
    as_is = conditions.argument(text_query(words, [], any_word=any_word))
    split = conditions.argument(text_query([word.translate(_SIGNS) for word in words], [], any_word=any_word))
    texts = [f"{text} @@ to_tsquery('english', {as_is})" for text in _AS_IS]
    return f"({' OR '.join(texts)} OR {_SPLIT} @@ to_tsquery('english', {split}))"
