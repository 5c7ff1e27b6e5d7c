"""SQL of the table Emoji."""

from collections.abc import Sequence
from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.emoji.types import Emoji

COLUMNS: Final = "id, createat, updateat, deleteat, creatorid, name"


async def list_by_names(db: Executor, names: Sequence[str]) -> list[Emoji]:
    """The emojis of these names that exist."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM emoji WHERE name = ANY($1::text[]) AND deleteat = 0", list(names))
    return [Emoji(*row) for row in rows]
