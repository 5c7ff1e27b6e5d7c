"""The runner's own clock: looking for jobs that are due, scheduling, and clearing away old ones."""

from mmfast.api.context import Context
from mmfast.api.jobs import MIN_INTERVAL
from mmfast.api.periodic import periodic
from mmfast.features.admin.jobs import service


@periodic("jobs that are due", seconds=2)
async def start_due(ctx: Context) -> None:
    """Takes up what waits or was broken off; of several workers, one does each."""
    await service.start_due(ctx)


@periodic("scheduling of jobs", seconds=MIN_INTERVAL)
async def schedule(ctx: Context) -> None:
    """Makes the jobs whose time has come; of several workers, one makes each."""
    await service.schedule(ctx)


@periodic("old jobs", seconds=60 * 60)
async def delete_old(ctx: Context) -> None:
    """Clears away jobs that ended long ago."""
    await service.delete_old(ctx)
