"""The route by which a team takes what another server exports."""

import base64
import tempfile
from pathlib import Path
from typing import IO

import trio

from mmfast.api.context import Context
from mmfast.api.form_stream import FormStream
from mmfast.api.forms import FormError
from mmfast.api.operation import operation
from mmfast.features.admin.slack_imports import errors, service
from mmfast.features.admin.slack_imports.guards import may_import
from mmfast.features.admin.slack_imports.types import Results
from mmfast.features.identity.roles.service import may
from mmfast.features.spaces.teams.types import Team


@operation("ImportTeam", "POST /teams/{team_id}/import", guard=may_import, body_limit=-1)
async def import_team(ctx: Context, team_id: str, loaded: Team) -> Results:
    """Imports the export of Slack in the form field `file`; gives a report."""
    with tempfile.NamedTemporaryFile(prefix="mmfast-slack-", suffix=".zip") as file:
        try:
            fields, files = await _read_form(ctx, file)
        except FormError as error:
            raise errors.NOT_A_FORM(detail=str(error)) from None
        _require_complete(fields, files)
        everywhere = await may(ctx, "manage_system")
        text = await service.import_export(ctx, Path(file.name), loaded, everywhere=everywhere)
    return Results(base64.b64encode(text.encode()).decode())


async def _read_form(ctx: Context, file: IO[bytes]) -> tuple[dict[str, str], int]:
    """The plain fields, and how many files there are; the content of the first goes into `file`."""
    assert ctx.request is not None
    form = FormStream(ctx.request)
    fields: dict[str, str] = {}
    files = 0
    left = ctx.config.FileSettings.MaxFileSize
    while (part := await form.next_part()) is not None:
        if part.filename is None:
            fields[part.name] = await form.value()
        elif part.name == "file":
            files += 1
            async for piece in form.content():
                left -= len(piece)
                if left < 0:
                    raise errors.TOO_LARGE()
                if files == 1:
                    await trio.to_thread.run_sync(file.write, piece)
    file.flush()
    return fields, files


def _require_complete(fields: dict[str, str], files: int) -> None:
    if not fields.get("importFrom"):
        raise errors.NO_SOURCE()
    if not fields.get("filesize"):
        raise errors.NO_SIZE()
    if not fields["filesize"].isascii() or not fields["filesize"].isdigit():
        raise errors.BAD_SIZE()
    if files == 0:
        raise errors.NO_FILE()
    if files > 1:
        raise errors.SEVERAL_FILES()
    if fields["importFrom"] != "slack":
        raise errors.UNKNOWN_SOURCE()
