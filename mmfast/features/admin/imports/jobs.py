"""Importing a file, and clearing away those that nobody imported."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.jobs import JobFailed, JobRun, job
from mmfast.features.admin.bulk_import.types import ImportFailed, Options, Progress
from mmfast.features.admin.imports import service

_DAY: Final = 24 * 60 * 60


@job("import_process")
async def import_file(ctx: Context, run: JobRun) -> None:
    """Imports the file that the job names, and removes it when it is done. One that is broken off goes on."""

    def tell(progress: Progress) -> None:
        run.progress = progress.percent

    async def checkpoint(ctx: Context, line: int) -> None:
        await run.checkpoint(ctx, line=line)

    options = Options(start=int(run.state.get("line", 1)), tell=tell, checkpoint=checkpoint)
    try:
        await service.import_named(ctx, run.data, options)
    except ImportFailed as failure:
        run.data["line_number"] = str(failure.line)
        raise JobFailed(service.describe(failure)) from None


@job("import_delete", every=_DAY, enabled=lambda config: config.ImportSettings.RetentionDays > 0)
async def delete_old(ctx: Context, run: JobRun) -> None:
    """Removes import files that are older than they are kept."""
    await service.delete_old(ctx)
