"""SQL of the table Emoji. A deleted emoji stays as a row, and its name is free again."""

from collections.abc import Sequence
from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.emoji.types import Emoji

COLUMNS: Final = "id, createat, updateat, deleteat, creatorid, name"


async def insert(db: Executor, emoji: Emoji) -> None:
    """Writes a new emoji; a UniqueViolation tells that its name is taken."""
    await db.execute(
        f"INSERT INTO emoji ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)",
        emoji.id, emoji.create_at, emoji.update_at, emoji.delete_at, emoji.creator_id, emoji.name,
    )  # fmt: skip


async def find(db: Executor, emoji_id: str) -> Emoji | None:
    """The emoji of an id."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM emoji WHERE id = $1 AND deleteat = 0", emoji_id)
    return Emoji(*row) if row else None


async def list_by_names(db: Executor, names: Sequence[str]) -> list[Emoji]:
    """The emojis of these names that exist."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM emoji WHERE name = ANY($1::text[]) AND deleteat = 0", list(names))
    return [Emoji(*row) for row in rows]


async def list_page(db: Executor, offset: int, limit: int, *, by_name: bool) -> list[Emoji]:
    """A page of all emojis, by name or as they were made."""
    order = "name" if by_name else "createat, id"
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM emoji WHERE deleteat = 0 ORDER BY {order} LIMIT $1 OFFSET $2", limit, offset
    )
    return [Emoji(*row) for row in rows]


async def search(db: Executor, term: str, limit: int, *, prefix_only: bool) -> list[Emoji]:
    """The emojis whose names contain the term, or begin with it, by name."""
    where = "starts_with(name, $1)" if prefix_only else "strpos(name, $1) > 0"
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM emoji WHERE deleteat = 0 AND {where} ORDER BY name LIMIT $2", term, limit
    )
    return [Emoji(*row) for row in rows]


async def mark_deleted(db: Executor, emoji_id: str, now: int) -> bool:
    """Marks an emoji as deleted. Gives whether it was there."""
    return (
        await db.fetchval(
            "UPDATE emoji SET deleteat = $2, updateat = $2 WHERE id = $1 AND deleteat = 0 RETURNING true", emoji_id, now
        )
        is True
    )
