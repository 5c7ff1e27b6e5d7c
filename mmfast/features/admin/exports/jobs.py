"""Making an export, and clearing away old ones."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.jobs import JobRun, job
from mmfast.features.admin.exports import service
from mmfast.features.admin.exports.types import ExportWish, Tally

_DAY: Final = 24 * 60 * 60


@job("export_process")
async def export(ctx: Context, run: JobRun) -> None:
    """Makes an archive in the folder of exports. One that is broken off is begun again, and leaves nothing behind."""
    wish = ExportWish.from_data(run.data)

    def tell(tally: Tally) -> None:
        run.progress = tally.progress
        run.data |= {f"{kind}_exported": str(count) for kind, count in tally.counts.items()}

    await service.export_to_store(ctx, service.name_of(run.id), wish, Tally(tell))


@job("export_delete", every=_DAY, enabled=lambda config: config.ExportSettings.RetentionDays > 0)
async def delete_old(ctx: Context, run: JobRun) -> None:
    """Removes exports that are older than they are kept."""
    await service.delete_old(ctx)
