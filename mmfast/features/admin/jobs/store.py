"""SQL of the table Jobs, and of our own table of what interrupted jobs go on from.

Leases are measured by the database's clock, as those of several machines may differ.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from mmfast.db.executor import Executor, Record, rows_affected
from mmfast.db.pool import Database
from mmfast.features.admin.jobs.types import CANCEL_REQUESTED, CANCELED, IN_PROGRESS, PENDING, Job

_COLUMNS: Final = "id, type, priority, createat, startat, lastactivityat, status, progress, data::text"
_NOW: Final = "(extract(epoch from clock_timestamp()) * 1000)::bigint"

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('mmfast jobs'))"
"""Held while a job is chosen or scheduled, so that no two of a type are."""

_TABLE: Final = """
    CREATE TABLE IF NOT EXISTS mmfast_job_states (
        jobid varchar(26) PRIMARY KEY,
        attempts integer NOT NULL DEFAULT 0,
        state jsonb
    )"""


class Lease(NamedTuple):
    """A job in the hands of a worker: `mark` is the `startat` under which it was taken."""

    id: str
    mark: int


def _job(row: Record) -> Job:
    id, type, priority, created, started, active, status, progress, data = row
    decoded = None if data is None else msgspec.json.decode(data)
    return Job(
        id, type or "", priority or 0, created or 0, started or 0, active or 0, status or "", progress or 0, decoded
    )


def _json(data: dict[str, Any] | None) -> str | None:
    return None if data is None else msgspec.json.encode(data).decode()


async def insert(db: Executor, job: Job) -> None:
    """Writes a new job."""
    await db.execute(
        "INSERT INTO jobs (id, type, priority, createat, startat, lastactivityat, status, progress, data)"
        " VALUES ($1, $2, $3, $4, 0, 0, $5, 0, $6::jsonb)",
        job.id,
        job.type,
        job.priority,
        job.create_at,
        job.status,
        _json(job.data),
    )


async def find(db: Executor, id: str) -> Job | None:
    """The job."""
    row = await db.fetchrow(f"SELECT {_COLUMNS} FROM jobs WHERE id = $1", id)
    return None if row is None else _job(row)


async def list_page(db: Executor, types: Sequence[str], status: str, limit: int, offset: int) -> list[Job]:
    """Jobs of these types, and of the status unless it is empty, the newest first."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM jobs WHERE type = ANY($1) AND ($2 = '' OR status = $2)"
        " ORDER BY createat DESC, id LIMIT $3 OFFSET $4",
        list(types),
        status,
        limit,
        offset,
    )
    return [_job(row) for row in rows]


async def change_status(db: Executor, id: str, old: str, new: str) -> bool:
    """Changes a status that is still the old one. A job that shall run again does so from its last checkpoint."""
    tag = await db.execute(
        f"UPDATE jobs SET status = $3, lastactivityat = {_NOW},"
        " startat = CASE WHEN $4 THEN 0 ELSE startat END, progress = CASE WHEN $4 THEN 0 ELSE progress END"
        " WHERE id = $1 AND status = $2",
        id,
        old,
        new,
        new == PENDING,
    )
    return rows_affected(tag) == 1


async def is_any_due(db: Executor, types: Sequence[str], grace_ms: int, stale_ms: int) -> bool:
    """Whether a look for work would find some: a cheap question, asked often."""
    found: bool = await db.fetchval(
        f"SELECT EXISTS (SELECT 1 FROM jobs j WHERE {_DUE})", list(types), grace_ms, stale_ms
    )
    return found


_DUE: Final = f"""
    j.type = ANY($1) AND (
        j.status = '{PENDING}' AND greatest(j.createat, j.lastactivityat) <= {_NOW} - $2::bigint
        OR j.status = '{IN_PROGRESS}' AND j.lastactivityat <= {_NOW} - $3::bigint)
    AND NOT EXISTS (
        SELECT 1 FROM jobs o WHERE o.type = j.type AND o.status IN ('{IN_PROGRESS}', '{CANCEL_REQUESTED}')
          AND o.startat > 0 AND o.lastactivityat > {_NOW} - $3::bigint)"""


async def take(db: Database, types: Sequence[str], grace_ms: int, stale_ms: int) -> tuple[Job, bool] | None:
    """Leases the next job of these types that is due and of whose type none runs; and whether it was broken off."""
    async with db.transaction() as tx:
        await tx.execute(_LOCK)
        row = await tx.fetchrow(
            f"SELECT j.id, j.status FROM jobs j WHERE {_DUE}"
            " ORDER BY j.priority DESC, j.createat, j.id LIMIT 1 FOR UPDATE SKIP LOCKED",
            list(types),
            grace_ms,
            stale_ms,
        )
        if row is None:
            return None
        taken = await tx.fetchrow(
            f"UPDATE jobs SET status = '{IN_PROGRESS}', startat = greatest({_NOW}, startat + 1),"
            f" lastactivityat = {_NOW} WHERE id = $1 RETURNING {_COLUMNS}",
            row["id"],
        )
        assert taken is not None, "the row is locked"
        return _job(taken), row["status"] == IN_PROGRESS


async def renew(db: Executor, lease: Lease, progress: int, data: dict[str, str] | None) -> bool:
    """Gives a sign of life, with what people may see meanwhile; False if the job shall not go on here."""
    tag = await db.execute(
        f"UPDATE jobs SET lastactivityat = {_NOW}, progress = $3, data = $4::jsonb"
        f" WHERE id = $1 AND startat = $2 AND status = '{IN_PROGRESS}'",
        lease.id,
        lease.mark,
        progress,
        _json(data),
    )
    return rows_affected(tag) == 1


async def finish(db: Executor, lease: Lease, status: str, progress: int, data: dict[str, str] | None) -> bool:
    """Writes how the job ended; False if it was taken from this worker."""
    tag = await db.execute(
        f"UPDATE jobs SET status = $3, lastactivityat = {_NOW}, progress = $4, data = $5::jsonb"
        f" WHERE id = $1 AND startat = $2 AND status IN ('{IN_PROGRESS}', '{CANCEL_REQUESTED}')",
        lease.id,
        lease.mark,
        status,
        progress,
        _json(data),
    )
    return rows_affected(tag) == 1


async def cancel_asked(db: Executor, lease: Lease) -> None:
    """Marks a job as cancelled whose work has stopped because that was asked for."""
    await db.execute(
        f"UPDATE jobs SET status = '{CANCELED}', lastactivityat = {_NOW}"
        f" WHERE id = $1 AND startat = $2 AND status = '{CANCEL_REQUESTED}'",
        lease.id,
        lease.mark,
    )


async def release(db: Executor, lease: Lease) -> None:
    """Gives a job back that is not done, for any worker to go on with at once."""
    await db.execute(
        f"UPDATE jobs SET status = '{PENDING}' WHERE id = $1 AND startat = $2 AND status = '{IN_PROGRESS}'",
        lease.id,
        lease.mark,
    )


async def cancel_abandoned(db: Executor, stale_ms: int) -> None:
    """Marks as cancelled what shall be and nobody works on."""
    await db.execute(
        f"UPDATE jobs SET status = '{CANCELED}', lastactivityat = {_NOW} WHERE status = '{CANCEL_REQUESTED}'"
        f" AND (startat = 0 OR lastactivityat <= {_NOW} - $1::bigint)",
        stale_ms,
    )


async def list_recent(db: Executor, types: Sequence[str]) -> list[tuple[str, int, bool]]:
    """Of each of these types that has jobs: when the last was made, and whether one waits or runs."""
    rows = await db.fetch(
        f"SELECT type, max(createat), bool_or(status IN ('{PENDING}', '{IN_PROGRESS}')) FROM jobs"
        " WHERE type = ANY($1) GROUP BY type",
        list(types),
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def schedule(db: Database, job: Job, since: int) -> None:
    """Writes a job unless one of its type waits, runs, or was made after a moment."""
    async with db.transaction() as tx:
        await tx.execute(_LOCK)
        there = await tx.fetchval(
            f"SELECT EXISTS (SELECT 1 FROM jobs WHERE type = $1"
            f" AND (status IN ('{PENDING}', '{IN_PROGRESS}') OR createat > $2))",
            job.type,
            since,
        )
        if not there:
            await insert(tx, job)


async def delete_ended(db: Executor, before: int) -> None:
    """Removes jobs that ended and were made before a moment."""
    await db.execute(
        f"DELETE FROM jobs WHERE createat < $1 AND status NOT IN ('{PENDING}', '{IN_PROGRESS}', '{CANCEL_REQUESTED}')",
        before,
    )


async def has_states(db: Executor) -> bool:
    """Whether our table of states is there."""
    return await db.fetchval("SELECT to_regclass('mmfast_job_states') IS NOT NULL") is True


async def make_states(db: Database) -> None:
    """Makes our table of states unless it is there."""
    async with db.transaction() as tx:
        await tx.execute(_LOCK)
        await tx.execute(_TABLE)


async def count_attempt(db: Executor, id: str) -> int:
    """Notes that a job was broken off; gives how often it was."""
    count: int = await db.fetchval(
        "INSERT INTO mmfast_job_states (jobid, attempts) VALUES ($1, 1)"
        " ON CONFLICT (jobid) DO UPDATE SET attempts = mmfast_job_states.attempts + 1 RETURNING attempts",
        id,
    )
    return count


async def find_state(db: Executor, id: str) -> dict[str, Any]:
    """What the job's last checkpoint kept."""
    text = await db.fetchval("SELECT state::text FROM mmfast_job_states WHERE jobid = $1", id)
    return {} if text is None else dict(msgspec.json.decode(text))


async def save_state(db: Executor, id: str, state: dict[str, Any]) -> None:
    """Keeps a checkpoint."""
    await db.execute(
        "INSERT INTO mmfast_job_states (jobid, state) VALUES ($1, $2::jsonb)"
        " ON CONFLICT (jobid) DO UPDATE SET state = excluded.state, attempts = 0",
        id,
        _json(state),
    )


async def delete_state(db: Executor, id: str) -> None:
    """Forgets what a job kept."""
    await db.execute("DELETE FROM mmfast_job_states WHERE jobid = $1", id)
