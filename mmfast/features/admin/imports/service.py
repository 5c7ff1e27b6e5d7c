"""Lists, removes and imports the files in the folder of imports."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import trio

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.text import translate
from mmfast.features.admin.bulk_import.service import run_import
from mmfast.features.admin.bulk_import.types import ImportFailed, Options, Progress
from mmfast.features.admin.import_archives.service import find_lines, open_archive
from mmfast.features.admin.import_archives.types import MissingFile, RefusedArchive
from mmfast.features.admin.imports import errors
from mmfast.platform.filestore import InvalidName

_DAY_SECONDS: Final = 24 * 60 * 60


def _folder(ctx: Context) -> str:
    folder = ctx.config.ImportSettings.Directory.strip("/").removeprefix("./")
    return folder or "import"


def _path(ctx: Context, name: str) -> str:
    """Where the store keeps the file; the name's folders do not count, so that it cannot lead elsewhere."""
    return f"{_folder(ctx)}/{name.replace(chr(92), '/').rpartition('/')[2]}"


async def list_imports(ctx: Context) -> list[str]:
    """The names of the files, in order."""
    return [name.rpartition("/")[2] for name in await ctx.app.files.list_files(_folder(ctx))]


async def delete_import(ctx: Context, name: str) -> None:
    """Removes a file; its absence is fine."""
    with suppress(InvalidName):
        await ctx.app.files.delete(_path(ctx, name))


async def delete_old(ctx: Context) -> None:
    """Removes the files that are older than the configuration keeps them."""
    before = now_ms() / 1000 - ctx.config.ImportSettings.RetentionDays * _DAY_SECONDS
    await ctx.app.files.delete_stale(_folder(ctx), before)


async def import_named(ctx: Context, data: Mapping[str, str], options: Options) -> Progress:
    """Imports the file that `data` names as `import_file`, and removes it when all is done.

    Only files that were uploaded: who may make jobs may not for that reason read this machine's other files.
    """
    name = data.get("import_file", "")
    if not name:
        raise errors.NO_FILE_NAMED()
    try:
        path = ctx.app.files.find_path(_path(ctx, name))
    except InvalidName:
        path = None
    if path is None or not await trio.Path(path).is_file():
        raise errors.NO_SUCH_FILE(name=name)
    progress = await import_path(ctx, path, options)
    await delete_import(ctx, name)
    return progress


async def import_path(ctx: Context, path: Path, options: Options) -> Progress:
    """Imports a file of this machine: a zip, or a .jsonl with what it names beside it. Raises ImportFailed."""
    try:
        archive = await trio.to_thread.run_sync(open_archive, path)
    except RefusedArchive as error:
        raise errors.NOT_OPENED(reason=error) from None
    try:
        return await run_import(ctx, archive, find_lines(archive), options)
    except MissingFile:
        raise errors.NO_LINES() from None
    except RefusedArchive as error:
        raise errors.NOT_OPENED(reason=error) from None
    finally:
        archive.close()


def describe(failure: ImportFailed) -> str:
    """What went wrong where, in one line, with the error's id; and where to go on."""
    error = failure.error
    text = translate("en", error.id, error.kind.text, error.params)
    where = f"line {failure.line}" + (f", {failure.field}" if failure.field else "")
    rest = f" What comes before line {failure.resume} is imported: go on there." if failure.resume else ""
    return f"{where}: {text} [{error.id}]{rest}"
