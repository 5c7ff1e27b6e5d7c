"""Imports an archive by its job, in a process of its own: what a server does when it is asked to."""

import sys
from pathlib import Path, PurePosixPath

import trio

from mmfast.api.context import Context
from mmfast.features.admin.jobs import service as jobs
from mmfast.features.admin.jobs.types import SUCCESS
from mmfast.platform.config.store import ConfigStore
from mmfast.server import open_database, running_app


async def take_in(folder: Path, archive: str) -> None:
    """Puts the archive where imports are looked for, and does the job."""
    config = await ConfigStore.open(str(folder / "config.json"), folder)
    async with open_database(config, folder) as db, running_app(config, db, folder, periodic=False) as (app, _):
        name = PurePosixPath(archive).name
        target = app.files.find_path(str(PurePosixPath(config.current.ImportSettings.Directory, name)))
        assert target is not None, "files lie on this machine"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(archive)
        ctx = Context.background(app)
        made = await jobs.create_job(ctx, "import_process", {"import_file": name})
        await trio.sleep(2 * jobs.GRACE_MS / 1000)
        taken = await jobs.take(ctx)
        assert taken is not None, "it has waited long enough"
        await jobs.run(ctx, taken)
        done = await jobs.get_job(ctx, made.id)
        if done.status != SUCCESS:
            raise SystemExit(f"the import failed: {done.data}")


if __name__ == "__main__":
    trio.run(take_in, Path(sys.argv[1]), sys.argv[2])
