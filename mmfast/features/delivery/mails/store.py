"""SQL of the queue.

A row waits while `claimedat` is 0. It is claimed before its mail is handed over and deleted right after. `finishingat`
is set before the last line goes out: until then a row whose worker has ended is given back, from then on the mail may
have been taken, and must not be sent again.
"""

from typing import Final

from mmfast.db import Database, Executor
from mmfast.features.delivery.mails.types import Content, QueuedMail

_LOCK: Final = 0x6D61696C
"""So that two workers do not make the table at once."""

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS mmfast_mail_queue (
    id varchar(26) PRIMARY KEY,
    createat bigint NOT NULL,
    server text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    html text NOT NULL,
    body text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    dueat bigint NOT NULL,
    claimedat bigint NOT NULL DEFAULT 0
);
ALTER TABLE mmfast_mail_queue ADD COLUMN IF NOT EXISTS conversation text NOT NULL DEFAULT '';
ALTER TABLE mmfast_mail_queue ADD COLUMN IF NOT EXISTS finishingat bigint NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS idx_mmfast_mail_queue_due ON mmfast_mail_queue (server, dueat) WHERE claimedat = 0
"""


async def has_table(db: Executor) -> bool:
    """Whether a mail was ever queued in this database."""
    return await db.fetchval("SELECT to_regclass('mmfast_mail_queue') IS NOT NULL") is True


async def make_table(db: Database) -> None:
    """Makes the table unless it is there, and what an earlier release did not give it."""
    async with db.transaction() as tx:
        await tx.fetchval("SELECT pg_advisory_xact_lock($1)", _LOCK)
        await tx.execute(_TABLE)


async def insert(db: Executor, id: str, now: int, server: str, recipient: str, content: Content) -> None:
    """Queues a mail, due at once."""
    await db.execute(
        "INSERT INTO mmfast_mail_queue (id, createat, server, recipient, subject, html, body, conversation, dueat)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $2)",
        *(id, now, server, recipient, content.subject, content.html, content.text, content.conversation),
    )


async def is_full(db: Executor, limit: int) -> bool:
    """Whether so many mails wait that no more are taken."""
    return await db.fetchval("SELECT count(*) >= $1 FROM mmfast_mail_queue", limit) is True


async def is_due(db: Executor, server: str, now: int) -> bool:
    """Whether a mail for this server is to be sent now."""
    sql = "SELECT EXISTS (SELECT 1 FROM mmfast_mail_queue WHERE server = $1 AND claimedat = 0 AND dueat <= $2)"
    return await db.fetchval(sql, server, now) is True


async def claim(db: Executor, server: str, now: int) -> QueuedMail | None:
    """The oldest mail that is due, from now on nobody else's."""
    row = await db.fetchrow(
        "UPDATE mmfast_mail_queue SET claimedat = $2 WHERE id = ("
        "SELECT id FROM mmfast_mail_queue WHERE server = $1 AND claimedat = 0 AND dueat <= $2"
        " ORDER BY createat, id LIMIT 1 FOR UPDATE SKIP LOCKED"
        ") RETURNING id, recipient, subject, html, body, conversation, attempts, claimedat",
        server,
        now,
    )
    return QueuedMail(*row) if row else None


async def mark_finishing(db: Executor, mail: QueuedMail, now: int) -> bool:
    """Notes that the mail may be taken from now on; False if it is another worker's by now."""
    sql = "UPDATE mmfast_mail_queue SET finishingat = $3 WHERE id = $1 AND claimedat = $2 RETURNING true"
    return await db.fetchval(sql, mail.id, mail.claimed_at, now) is True


async def delete(db: Executor, mail: QueuedMail) -> None:
    """Takes a claimed mail out of the queue."""
    sql = "DELETE FROM mmfast_mail_queue WHERE id = $1 AND claimedat = $2"
    await db.execute(sql, mail.id, mail.claimed_at)


async def postpone(db: Executor, mail: QueuedMail, due_at: int) -> None:
    """Gives a claimed mail back, to be tried again."""
    await db.execute(
        "UPDATE mmfast_mail_queue SET claimedat = 0, finishingat = 0, attempts = attempts + 1, dueat = $3"
        " WHERE id = $1 AND claimedat = $2",
        *(mail.id, mail.claimed_at, due_at),
    )


async def release(db: Executor, claimed_before: int) -> list[str]:
    """Gives back the mails whose worker has ended before they can have been taken; gives their ids."""
    rows = await db.fetch(
        "UPDATE mmfast_mail_queue SET claimedat = 0, attempts = attempts + 1"
        " WHERE claimedat BETWEEN 1 AND $1 AND finishingat = 0 RETURNING id",
        claimed_before,
    )
    return [row[0] for row in rows]


async def postpone_due(db: Executor, server: str, now: int, delays: list[int]) -> None:
    """Puts off all mails that are due, each by the delay that its number of tries has come to."""
    await db.execute(
        "UPDATE mmfast_mail_queue SET attempts = attempts + 1, dueat = $2 + ($3::bigint[])[attempts + 1]"
        " WHERE server = $1 AND claimedat = 0 AND dueat <= $2 AND attempts < cardinality($3::bigint[])",
        *(server, now, delays),
    )


async def delete_exhausted(db: Executor, server: str, now: int, attempts: int) -> list[str]:
    """Takes out the mails that are due, but have been tried so often; gives their ids."""
    rows = await db.fetch(
        "DELETE FROM mmfast_mail_queue WHERE server = $1 AND claimedat = 0 AND dueat <= $2 AND attempts >= $3"
        " RETURNING id",
        *(server, now, attempts),
    )
    return [row[0] for row in rows]


async def delete_stale(db: Executor, claimed_before: int, made_before: int) -> list[str]:
    """Takes out what was left in doubt, and what is too old to be of use; gives the ids."""
    rows = await db.fetch(
        "DELETE FROM mmfast_mail_queue WHERE finishingat BETWEEN 1 AND $1 OR createat < $2 RETURNING id",
        *(claimed_before, made_before),
    )
    return [row[0] for row in rows]
