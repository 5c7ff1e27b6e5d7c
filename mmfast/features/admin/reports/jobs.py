"""Work that reports need done by themselves."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.admin.reports import store


@periodic("statistics of posts", seconds=24 * 60 * 60)
async def refresh_statistics(ctx: Context) -> None:
    """Brings up to date what the report of users says about posts."""
    await store.refresh_statistics(ctx.db)
