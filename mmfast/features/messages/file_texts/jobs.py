"""Finds the text of files that have none yet: what was uploaded before it was looked for, or read by nobody since."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.jobs import JobFailed, JobRun, job
from mmfast.core.clock import now_ms
from mmfast.features.messages.file_texts import service

BATCH: Final = 100


@job("extract_content")
async def extract_content(ctx: Context, run: JobRun) -> None:
    """Reads the files made between `from` and `to` (seconds since 1970) of the job's data; all, where it names none."""
    start, end = _moment(run, "from", 0), _moment(run, "to", now_ms())
    after = (run.state.get("create_at", start - 1), run.state.get("id", ""))
    processed, errors = int(run.data.get("processed", 0)), int(run.data.get("errors", 0))
    while files := await service.list_unread(ctx, after, end, BATCH):
        for file in files:
            errors += not await service.read(ctx, file)
            processed += 1
            after = (file.info.create_at, file.info.id)
            run.data |= {"processed": str(processed), "errors": str(errors)}
            run.progress = min(99, 100 * (after[0] - start) // max(1, end - start))
        await run.checkpoint(ctx, create_at=after[0], id=after[1])


def _moment(run: JobRun, name: str, otherwise: int) -> int:
    """The moment in milliseconds."""
    text = run.data.get(name, "")
    if not text:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise JobFailed(f"{name} is no number of seconds")
    return int(text) * 1000
