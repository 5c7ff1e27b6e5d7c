"""What analytics count by themselves."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.jobs import JobRun, job
from mmfast.features.admin.analytics import service

ACTIVE: Final = ("daily_active_users", "monthly_active_users")


@job("active_users", every=24 * 60 * 60, enabled=lambda config: config.MetricsSettings.Enable)
async def count_active_users(ctx: Context, run: JobRun) -> None:
    """Counts who was here within a day and within a month, and tells it in the job."""
    figures = await service.find_figures(ctx, "standard", "") or []
    run.data |= {figure.name: str(figure.value) for figure in figures if figure.name in ACTIVE}
