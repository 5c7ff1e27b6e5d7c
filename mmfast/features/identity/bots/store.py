"""SQL of the table Bots."""

from mmfast.db.executor import Executor, Record
from mmfast.features.identity.bots.types import Bot, BotList

_SELECT = (
    "SELECT b.userid, COALESCE(b.createat, 0), COALESCE(b.updateat, 0), COALESCE(b.deleteat, 0), u.username,"
    " COALESCE(b.ownerid, ''), COALESCE(u.firstname, ''), COALESCE(b.description, ''),"
    " COALESCE(b.lasticonupdate, 0) FROM bots b JOIN users u ON u.id = b.userid"
)


def _bot(row: Record) -> Bot:
    return Bot(*row)


async def find(db: Executor, user_id: str) -> Bot | None:
    """The bot of this user, on or off."""
    row = await db.fetchrow(f"{_SELECT} WHERE b.userid = $1", user_id)
    return _bot(row) if row else None


async def list_bots(db: Executor, owner_id: str, query: BotList, offset: int, limit: int) -> list[Bot]:
    """A page of bots, the oldest first; of one owner, or with "" of all."""
    orphaned = " JOIN users o ON o.id = b.ownerid AND o.deleteat <> 0" if query.only_orphaned else ""
    rows = await db.fetch(
        f"{_SELECT}{orphaned} WHERE ($1 = '' OR b.ownerid = $1) AND ($2 OR b.deleteat = 0)"
        " ORDER BY b.createat, u.username LIMIT $3 OFFSET $4",
        owner_id,
        query.include_deleted,
        limit,
        offset,
    )
    return [_bot(row) for row in rows]


async def list_of_owner(db: Executor, owner_id: str) -> list[Bot]:
    """Every bot of an owner that is on."""
    rows = await db.fetch(f"{_SELECT} WHERE b.ownerid = $1 AND b.deleteat = 0", owner_id)
    return [_bot(row) for row in rows]


async def insert(db: Executor, bot: Bot) -> None:
    """Writes a new bot's row; its user's row is there already."""
    await db.execute(
        "INSERT INTO bots (userid, description, ownerid, createat, updateat, deleteat, lasticonupdate)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        bot.user_id,
        bot.description,
        bot.owner_id,
        bot.create_at,
        bot.update_at,
        bot.delete_at,
        bot.last_icon_update,
    )


async def update(db: Executor, bot: Bot) -> None:
    """Writes what may change in a bot's own row."""
    await db.execute(
        "UPDATE bots SET description = $2, ownerid = $3, updateat = $4, deleteat = $5 WHERE userid = $1",
        bot.user_id,
        bot.description,
        bot.owner_id,
        bot.update_at,
        bot.delete_at,
    )


async def delete(db: Executor, user_id: str) -> None:
    """Removes the bot's row; its user stays."""
    await db.execute("DELETE FROM bots WHERE userid = $1", user_id)
