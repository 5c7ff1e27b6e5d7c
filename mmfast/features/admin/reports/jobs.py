"""Work that reports need done by themselves."""

from mmfast.api.context import Context
from mmfast.api.jobs import JobRun, job
from mmfast.features.admin.reports import store


@job("refresh_materialized_views", every=24 * 60 * 60)
async def refresh_statistics(ctx: Context, run: JobRun) -> None:
    """Brings up to date what the report of users says about posts."""
    await store.refresh_statistics(ctx.db)
