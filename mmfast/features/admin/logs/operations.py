"""The routes of the log."""

from typing import Any, Final

import trio

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import FileBody, Response
from mmfast.features.admin.logs import service
from mmfast.features.admin.logs.errors import BAD_FILTER, NO_FILE
from mmfast.features.admin.logs.guards import may_read_logs, may_write_log
from mmfast.features.admin.logs.types import LogFilter, LogPage
from mmfast.platform.logging import find_log_file

_DOWNLOAD: Final = [
    ("Content-Type", "text/plain"),
    ("Content-Disposition", 'attachment; filename="mattermost.log"'),
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
]


@operation("GetLogs", "GET /logs", guard=may_read_logs)
async def get_logs(ctx: Context, query: LogPage) -> list[str]:
    """The newest lines of the log."""
    return await service.list_lines(query)


@operation("QueryLogs", "POST /logs/query", guard=may_read_logs, body_error=BAD_FILTER)
async def query_logs(ctx: Context, query: LogPage, body: LogFilter) -> dict[str, list[dict[str, Any]]]:
    """The newest records that fit a filter."""
    return await service.query_records(query, body)


@operation("DownloadSystemLogs", "GET /logs/download", guard=may_read_logs)
async def download_logs(ctx: Context) -> Response:
    """The log file."""
    path = find_log_file()
    try:
        if path is None:
            raise NO_FILE()
        size = (await trio.Path(path).stat()).st_size
    except FileNotFoundError:
        raise NO_FILE() from None
    return Response(200, list(_DOWNLOAD), FileBody(str(path), 0, size))


@operation("PostLog", "POST /logs", guard=may_write_log, auth=OPTIONAL)
async def post_log(ctx: Context, body: bytes) -> dict[str, str]:
    """Notes what a client reports; what cannot be read counts as an empty report."""
    try:
        report: dict[str, str] = read_body(body, dict[str, str])
    except BodyError:
        report = {}
    return await service.write_client_message(ctx, report)
