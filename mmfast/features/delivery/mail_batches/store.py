"""SQL of the waiting messages."""

from collections.abc import Sequence
from typing import Final

from mmfast.db import Database, Executor
from mmfast.features.delivery.mail_batches.types import Waiting

_LOCK: Final = 0x62617463
"""So that two workers do not make the table at once."""

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS mmfast_mail_batches (
    userid varchar(26) NOT NULL,
    postid varchar(26) NOT NULL,
    channelid varchar(26) NOT NULL,
    sender text NOT NULL,
    createat bigint NOT NULL,
    dueat bigint NOT NULL,
    PRIMARY KEY (userid, postid)
);
ALTER TABLE mmfast_mail_batches ADD COLUMN IF NOT EXISTS followed boolean NOT NULL DEFAULT false;
"""


async def has_table(db: Executor) -> bool:
    """Whether a message ever waited in this database."""
    return await db.fetchval("SELECT to_regclass('mmfast_mail_batches') IS NOT NULL") is True


async def make_table(db: Database) -> None:
    """Makes the table unless it is there."""
    async with db.transaction() as tx:
        await tx.fetchval("SELECT pg_advisory_xact_lock($1)", _LOCK)
        await tx.execute(_TABLE)


async def insert(db: Executor, rows: Sequence[Waiting]) -> None:
    """Has messages wait."""
    await db.execute(
        "INSERT INTO mmfast_mail_batches (userid, postid, channelid, sender, createat, dueat, followed)"
        " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bool[])"
        " ON CONFLICT (userid, postid) DO NOTHING",
        [row.user_id for row in rows],
        [row.post_id for row in rows],
        [row.channel_id for row in rows],
        [row.sender for row in rows],
        [row.create_at for row in rows],
        [row.due_at for row in rows],
        [row.followed for row in rows],
    )


async def list_due_users(db: Executor, now: int, full: int) -> list[str]:
    """Whose mail is to go out: the time has come, or as many messages wait as a mail holds."""
    rows = await db.fetch(
        "SELECT userid FROM mmfast_mail_batches GROUP BY userid HAVING min(dueat) <= $1 OR count(*) >= $2"
        " ORDER BY min(dueat)",
        now,
        full,
    )
    return [row[0] for row in rows]


async def take(db: Executor, user_id: str) -> list[Waiting]:
    """Removes all that waits for the user, oldest first; nothing if another worker has it or had it."""
    rows = await db.fetch(
        "DELETE FROM mmfast_mail_batches WHERE (userid, postid) IN (SELECT userid, postid FROM mmfast_mail_batches"
        " WHERE userid = $1 FOR UPDATE SKIP LOCKED) RETURNING userid, postid, channelid, sender, createat, dueat,"
        " followed",
        user_id,
    )
    return sorted((Waiting(*row) for row in rows), key=lambda row: (row.create_at, row.post_id))


async def delete_older(db: Executor, due_before: int) -> None:
    """Removes what nobody has mailed for so long that it is of no use."""
    await db.execute("DELETE FROM mmfast_mail_batches WHERE dueat < $1", due_before)
