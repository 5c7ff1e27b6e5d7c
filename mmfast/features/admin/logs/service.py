"""Reads the log file from its end, and writes what clients report."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import trio

from mmfast.api.context import Context
from mmfast.features.admin.logs.types import LogFilter, LogPage
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may
from mmfast.platform.logging import find_log_file

log = logging.getLogger(__name__)

NODE: Final = "default"
"""How the one node is called in answers that are sorted by nodes."""
MAX_BYTES: Final = 16 << 20
"""How much of the file's end is looked at: more is nobody's to read in a browser."""

CLIENT_PREFIX: Final = "Client Logs API Endpoint Message: "
"""Administrators' filters look for it."""
MAX_CLIENT_MESSAGE: Final = 399


def _read_end(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - MAX_BYTES))
            lines = file.read(MAX_BYTES).decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    return lines[1:] if size > MAX_BYTES else lines  # the first may lack its beginning


def _page_of(lines: list[str], page: LogPage) -> list[str]:
    end = len(lines) - page.skipped
    return lines[max(0, end - page.limit) : end] if end > 0 else []


async def _read_lines() -> list[str]:
    path = find_log_file()
    return [] if path is None else await trio.to_thread.run_sync(_read_end, path)


async def list_lines(page: LogPage) -> list[str]:
    """A part of the log, line by line, each with its end."""
    return [line + "\n" for line in _page_of(await _read_lines(), page)]


async def query_records(page: LogPage, wanted: LogFilter) -> dict[str, list[dict[str, Any]]]:
    """The records that fit, by node. Lines that are no JSON cannot be searched and are passed over."""
    if wanted.server_names and NODE not in wanted.server_names:
        return {}
    fitting = [line for line, _ in _fitting(await _read_lines(), wanted)]
    return {NODE: [orjson.loads(line) for line in _page_of(fitting, page)]}


def _fitting(lines: Iterable[str], wanted: LogFilter) -> Iterable[tuple[str, dict[str, Any]]]:
    levels = {level.lower() for level in wanted.log_levels}
    begin, end = _moment(wanted.date_from), _moment(wanted.date_to)
    for line in lines:
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if not isinstance(record, dict) or (levels and record.get("level") not in levels):
            continue
        at = _moment(str(record.get("timestamp", "")))
        if (begin and (at is None or at < begin)) or (end and (at is None or at > end)):
            continue
        yield line, record


def _moment(text: str) -> datetime | None:
    """The time of a record or filter, written "2026-01-31 13:45:00.000 +01:00" or as ISO 8601."""
    day, _, clock = text.strip().partition(" ")
    try:
        moment = datetime.fromisoformat(f"{day} {clock.replace(' ', '')}" if clock else day)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


async def write_client_message(ctx: Context, report: dict[str, str]) -> dict[str, str]:
    """Notes what a client reports; gives the report as it was noted.

    It counts as an error only from administrators and where the server serves developers: others could flood the log.
    """
    message = report.get("message", "")
    if len(message) > MAX_CLIENT_MESSAGE:
        message = message[:MAX_CLIENT_MESSAGE]
    noted = {**report, "message": CLIENT_PREFIX + message}
    trusted = ctx.config.ServiceSettings.EnableDeveloper or await may(ctx, MANAGE_SYSTEM)
    level = logging.ERROR if trusted and report.get("level") == "ERROR" else logging.DEBUG
    log.log(level, "%s", noted["message"], extra={"type": "client_message", "user_id": ctx.user_id})
    return noted
