"""Work with a lease: long work that one worker of an installation does, and that administrators see and cancel.

A feature declares it in its `jobs`:

    @job("extract_content")
    async def extract_content(ctx: Context, run: JobRun) -> None: ...

and `every` makes it come by itself, once per interval over the whole installation. Who leases, beats and finishes is
`features.admin.jobs`; small work that may be done by every worker at once is `api.periodic`.

A job may be cancelled at any await, and is begun again when its worker died: what must not be done twice belongs into
one transaction with a `checkpoint`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mmfast.api.context import Context

if TYPE_CHECKING:
    from mmfast.platform.config.model import Config

MIN_INTERVAL: Final = 60
"""Seconds between two runs of a scheduled job at the least: so often is looked whether one is due."""


class JobFailed(Exception):
    """The job cannot be done; the text is shown to administrators, in `data.error`."""


class JobLost(Exception):
    """The job is no longer this worker's: it was cancelled, or another worker has taken it up."""


@dataclass
class JobRun:
    """A job being done. What is set here is written every few seconds, and at the end."""

    id: str
    type: str
    data: dict[str, str]
    """What the job was made with, and what it tells: people see it."""
    progress: int = 0
    """In per cent."""
    state: dict[str, Any] = field(default_factory=dict)
    """What the last `checkpoint` kept; empty at the first start."""
    resumed: bool = False
    """Whether it goes on from an earlier run's checkpoint."""
    keep: "Callable[[Context, JobRun], Awaitable[None]] | None" = None

    async def checkpoint(self, ctx: Context, **state: Any) -> None:
        """Keeps `state` (JSON) for a worker that must go on from here, with the open transaction if there is one.

        Raises JobLost if the job is no longer this worker's, so that the transaction fails too.
        """
        self.state = state
        if self.keep is not None:
            await self.keep(ctx, self)


Work = Callable[[Context, JobRun], Awaitable[None]]


def _always(config: "Config") -> bool:
    return True


class JobKind(NamedTuple):
    """A declared job."""

    type: str
    work: Work
    every: float = 0
    """Seconds from one scheduled run to the next; 0 for a job that is only done on demand."""
    enabled: "Callable[[Config], bool]" = _always
    """Whether the configuration lets it be scheduled."""


JOBS: Final[dict[str, JobKind]] = {}
"""All declared jobs by type."""


def job(type: str, *, every: float = 0, enabled: "Callable[[Config], bool]" = _always) -> Callable[[Work], Work]:
    """Declares the decorated function as the work of jobs of a type; `every` and `enabled` as in `JobKind`."""
    if 0 < every < MIN_INTERVAL:
        raise ValueError(f"job {type} is scheduled more often than anybody looks")

    def declare(work: Work) -> Work:
        known = JOBS.get(type)
        if known is not None and known.work is not work:
            raise ValueError(f"job {type} is declared twice")
        JOBS[type] = JobKind(type, work, every, enabled)
        return work

    return declare


async def carry_out(kind: JobKind, ctx: Context, run: JobRun) -> Exception | None:
    """Does the work; gives what it failed with."""
    try:
        await kind.work(ctx, run)
    except Exception as error:  # the edge of a job, as `App.run` is that of other background work
        return error
    return None
