"""SQL that finds files by words.

The words are looked for in three texts, each with an index: the name as it is, the name with its dots and dashes as
spaces, and the text in the file. All words must be in the same one.
"""

from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.files.store import COLUMNS
from mmfast.features.messages.files.types import FileInfo, file_info_of
from mmfast.features.messages.search_terms.store import Conditions, add_filters, add_scope
from mmfast.features.messages.search_terms.types import Scope, Search

LIMIT: Final = 100

_AS_IS: Final = ("to_tsvector('english', f.name)", "to_tsvector('english', f.content)")
_SPLIT: Final = "to_tsvector('english', translate((f.name)::text, '.,-', '   '))"
_SIGNS: Final = str.maketrans(".,-", "   ")


async def search_files(db: Executor, search: Search, scope: Scope) -> list[FileInfo]:
    """The files that the search means, newest first."""
    conditions = Conditions()
    add_scope(conditions, scope, "f.channelid")
    conditions.add("f.deleteat = 0")
    conditions.add("f.postid <> ''")
    add_filters(conditions, search, scope, ("f.creatorid", "f.channelid", "f.createat"))
    for side, holds in ((search.wanted, True), (search.excluded, False)):
        if side.extensions:
            conditions.add(f"f.extension = ANY({conditions.argument(side.extensions)}::text[])", holds=holds)
    if search.wanted.words:
        conditions.add(_match(conditions, search.wanted.words, " || " if search.any_word else " && "))
    for word in search.excluded.words:
        conditions.add(_match(conditions, [word], ""), holds=False)
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM fileinfo f WHERE {conditions.sql()} ORDER BY f.createat DESC, f.id LIMIT {LIMIT}",
        *conditions.arguments,
    )
    return [file_info_of(row) for row in rows]


def _match(conditions: Conditions, words: list[str], joint: str) -> str:
    as_is = joint.join(_query(conditions, word) for word in words)
    split = joint.join(_query(conditions, word.translate(_SIGNS)) for word in words)
    return f"({' OR '.join(f'{text} @@ ({as_is})' for text in _AS_IS)} OR {_SPLIT} @@ ({split}))"


def _query(conditions: Conditions, word: str) -> str:
    """The tsquery for a word or phrase. A beginning is quoted for PostgreSQL's own syntax; all else it reads itself."""
    if not word.endswith("*"):
        return f"phraseto_tsquery('english', {conditions.argument(word)})"
    quoted = word.rstrip("*").replace("\\", "\\\\").replace("'", "''")
    begins = f"'{quoted}':*"
    return f"to_tsquery('english', {conditions.argument(begins)})"
