"""Makes, changes and runs jobs.

A job waits a moment before it is taken, so that one asked for by mistake can be called back. While it runs, a second
task gives signs of life, writes progress, and stops the work when the job is cancelled or its lease cannot be renewed.
A worker that ends in good order gives its jobs back; those of one that dies are taken up when their lease runs out.
"""

import logging
from functools import partial
from typing import Final

import trio

from mmfast.api.context import App, Context
from mmfast.api.jobs import JOBS, JobFailed, JobKind, JobLost, JobRun, carry_out
from mmfast.api.paging import Page
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.ids import new_id
from mmfast.core.text import translate
from mmfast.db.errors import DatabaseError
from mmfast.features.admin.jobs import errors, store
from mmfast.features.admin.jobs.store import Lease
from mmfast.features.admin.jobs.types import (
    CANCEL_REQUESTED,
    CANCELED,
    ERROR,
    FORCED,
    IN_PROGRESS,
    LICENSED,
    ON_DEMAND,
    PENDING,
    SUCCESS,
    TRANSITIONS,
    Job,
    JobDraft,
    Rights,
)
from mmfast.platform.metrics import counters

log = logging.getLogger(__name__)

ENDED: Final = counters("mmfast_jobs_total", "Jobs that have run to their end.", "type", "status")

GRACE_MS: Final = 1000
"""How long a job waits at the least."""

BEAT_SECONDS: Final = 2
"""Between two signs of life; so long a cancelled job may go on."""

STALE_MS: Final = 60_000
"""After so long without a sign of life a worker is taken for dead: far longer than any pause of a live one."""

MAX_RUNNING: Final = 4
"""Jobs that one worker does at a time: it serves people too."""

MAX_ATTEMPTS: Final = 5
"""How often a job may be broken off without a checkpoint between: it may be what its workers die of."""

WRITE_TRIES: Final = 20
"""How often the end of a job is tried to be written, a beat apart: less than a lease, which would run out."""

_DAY_MS: Final = 24 * 60 * 60 * 1000


def list_rights() -> dict[str, Rights]:
    """The permissions of every type that there may be jobs of."""
    return {type: Rights() for type in JOBS} | ON_DEMAND | LICENSED


def find_rights(type: str) -> Rights | None:
    """The permissions of a type, or None for one that nobody knows."""
    return list_rights().get(type)


async def get_job(ctx: Context, job_id: str) -> Job:
    """The job with this id."""
    job = await store.find(ctx.db, job_id)
    if job is None:
        raise errors.NOT_FOUND()
    return job


async def list_jobs(ctx: Context, types: list[str], status: str, page: Page) -> list[Job]:
    """Jobs of these types, and of the status unless it is empty, the newest first."""
    return await store.list_page(ctx.db, types, status, page.limit, page.offset)


async def ask_for(ctx: Context, draft: JobDraft) -> Job:
    """A new job for a client."""
    if draft.type not in ON_DEMAND:
        raise errors.UNAVAILABLE_TYPE()
    return await create_job(ctx, draft.type, draft.data)


async def create_job(ctx: Context, type: str, data: dict[str, str] | None = None) -> Job:
    """A new job, which some worker takes up soon."""
    job = _new(type, data)
    await store.insert(ctx.db, job)
    return job


def _new(type: str, data: dict[str, str] | None = None) -> Job:
    return Job(new_id(), type, 0, now_ms(), 0, 0, PENDING, 0, data)


async def cancel(ctx: Context, job: Job) -> None:
    """Cancels a job that waits; has one stopped that runs."""
    if await store.change_status(ctx.db, job.id, PENDING, CANCELED):
        return
    if not await store.change_status(ctx.db, job.id, IN_PROGRESS, CANCEL_REQUESTED):
        raise errors.OVER()


async def set_status(ctx: Context, job: Job, status: str, *, force: bool) -> None:
    """Sets a job to a status that may follow its own, or by force to any that one can be forced into."""
    if force:
        if status not in FORCED:
            raise errors.NOT_FORCED()
    elif (job.status, status) not in TRANSITIONS:
        raise errors.BAD_STATUS()
    if not await store.change_status(ctx.db, job.id, job.status, status):
        raise errors.BAD_STATUS(detail="it has changed meanwhile")


async def schedule(ctx: Context) -> None:
    """Makes the jobs whose interval has gone by."""
    if not ctx.config.JobSettings.RunScheduler:
        return
    kinds = [kind for kind in JOBS.values() if kind.every and kind.enabled(ctx.config)]
    recent = {type: (made, busy) for type, made, busy in await store.list_recent(ctx.db, [k.type for k in kinds])}
    for kind in kinds:
        made, busy = recent.get(kind.type, (0, False))
        since = now_ms() - int(kind.every * 1000)
        if made <= since and not busy:
            await store.schedule(ctx.app.db, _new(kind.type), since)


async def delete_old(ctx: Context) -> None:
    """Removes jobs that ended longer ago than the configuration keeps them; below 0 it keeps them for ever."""
    days = ctx.config.JobSettings.CleanupJobsThresholdDays
    if days >= 0:
        await store.delete_ended(ctx.db, now_ms() - days * _DAY_MS)


async def start_due(ctx: Context) -> None:
    """Begins what is due, in the background, as far as this worker has room."""
    await store.cancel_abandoned(ctx.db, STALE_MS)
    running: set[str] = ctx.app.state.setdefault("jobs", set())
    while len(running) < MAX_RUNNING:
        taken = await take(ctx)
        if taken is None:
            return
        running.add(taken.id)
        ctx.app.spawn(f"job {taken.type}", partial(_run_counted, running), taken)


async def _run_counted(running: set[str], ctx: Context, job: Job) -> None:
    try:
        await run(ctx, job)
    finally:
        running.discard(job.id)


async def take(ctx: Context) -> Job | None:
    """Leases the next job that is due and that this server can do, or None. Whoever takes it must `run` it."""
    types = list(JOBS)
    if not ctx.config.JobSettings.RunJobs or not await store.is_any_due(ctx.db, types, GRACE_MS, STALE_MS):
        return None
    while (taken := await store.take(ctx.app.db, types, GRACE_MS, STALE_MS)) is not None:
        job, broken_off = taken
        if not broken_off or await _may_try_again(ctx, job):
            return job
    return None


async def _may_try_again(ctx: Context, job: Job) -> bool:
    """Whether a job that was broken off is worth another try; it has failed otherwise."""
    await _require_states(ctx.app)
    attempts = await store.count_attempt(ctx.db, job.id)
    if attempts < MAX_ATTEMPTS:
        return True
    log.error("job %s (%s) is given up: %d workers ended while they did it", job.id, job.type, attempts)
    data = {**(job.data or {}), "error": f"The job is given up: it was broken off {attempts} times."}
    await store.finish(ctx.db, Lease(job.id, job.start_at), ERROR, -1, data)
    await store.delete_state(ctx.db, job.id)
    return False


async def _require_states(app: App) -> None:
    if not app.state.get("job states"):
        await store.make_states(app.db)
        app.state["job states"] = True


async def run(ctx: Context, job: Job) -> None:
    """Does a leased job to its end, or until it is cancelled, lost, or this worker stops."""
    kind, lease, app = JOBS[job.type], Lease(job.id, job.start_at), ctx.app
    state = await store.find_state(app.db, job.id) if await store.has_states(app.db) else {}
    data = {name: str(value) for name, value in (job.data or {}).items()}
    work = JobRun(job.id, job.type, data, max(job.progress, 0), state, resumed=bool(state))
    work.keep = partial(_checkpoint, lease)
    done, interrupted, failure = False, True, None
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_beat, app, lease, work, nursery.cancel_scope, name=f"lease of job {job.type}")
            failure = await carry_out(kind, ctx, work)
            done = True
            nursery.cancel_scope.cancel()
        interrupted = False
    finally:
        if interrupted:  # this worker stops
            with trio.move_on_after(BEAT_SECONDS, shield=True):
                await store.release(app.db, lease)
    if not done or isinstance(failure, JobLost):
        await store.cancel_asked(app.db, lease)
        log.info("job %s (%s) is stopped", job.id, job.type)
        return
    await _finish(app, kind, lease, work, failure)


async def _beat(app: App, lease: Lease, work: JobRun, working: trio.CancelScope) -> None:
    """Renews the lease until the work ends; ends the work when that is refused, or was not possible for too long."""
    renewed_at = trio.current_time()
    while True:
        await trio.sleep(BEAT_SECONDS)
        try:
            if not await store.renew(app.db, lease, work.progress, work.data or None):
                break
            renewed_at = trio.current_time()
        except DatabaseError as error:
            log.warning("the lease of job %s cannot be renewed now: %s", lease.id, error)
            if trio.current_time() - renewed_at > STALE_MS / 2000:
                break
    working.cancel()


async def _checkpoint(lease: Lease, ctx: Context, work: JobRun) -> None:
    await _require_states(ctx.app)
    async with ctx.transaction() as tx:
        if not await store.renew(tx, lease, work.progress, work.data or None):
            raise JobLost(lease.id)
        await store.save_state(tx, lease.id, work.state)


async def _finish(app: App, kind: JobKind, lease: Lease, work: JobRun, failure: Exception | None) -> None:
    """Writes how the job ended, however long the database is away: a job whose end is not written is done again."""
    status, progress = SUCCESS, 100
    if failure is not None:
        status, progress = ERROR, -1
        work.data["error"] = _describe(failure)
        log.error(
            "job %s (%s) failed: %s", lease.id, kind.type, failure, exc_info=failure if _is_fault(failure) else None
        )
    for left in range(WRITE_TRIES, 0, -1):
        try:
            await store.finish(app.db, lease, status, progress, work.data or None)
            ENDED.of(kind.type, status).inc()
            if await store.has_states(app.db):
                await store.delete_state(app.db, lease.id)
            return
        except DatabaseError:
            if left == 1:
                raise
        await trio.sleep(BEAT_SECONDS)


def _is_fault(failure: Exception) -> bool:
    return not isinstance(failure, JobFailed | AppError)


def _describe(failure: Exception) -> str:
    """What administrators are told; of faults only that there was one, as its text may hold anything."""
    if isinstance(failure, AppError):
        return translate("en", failure.id, failure.kind.text, failure.params)
    return str(failure) if isinstance(failure, JobFailed) else "The job failed; the server's log has the details."


__all__ = ["ask_for", "cancel", "create_job", "get_job", "list_jobs", "run", "schedule", "start_due", "take"]
