"""Records every operation that changes something, every refusal, and all that the local caller does.

Bodies are never recorded, for they hold passwords, tokens and what people write to each other; nor are the parameters
of operations that need no session, for there the address itself may be the secret (a webhook's, an invitation's).
"""

from datetime import UTC, datetime
from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import Auth, Operation
from mmfast.features.admin.audit_log.types import Actor, Error, Event, Meta, Record
from mmfast.platform.audit_log import API, CLI, CONTENT, PERMISSIONS, AuditLog

SUCCESS: Final = "success"
FAIL: Final = "fail"

LONGEST_HEADER: Final = 256

READS: Final = ("Get", "get", "Search", "Autocomplete", "List", "Query", "Head", "Validate", "Check", "Test")
"""How operations are called that look, by whatever method."""

PASSING: Final = frozenset(
    (
        "ViewChannel",
        "ReadMultipleChannels",
        "PublishUserTyping",
        "SubmitPerformanceReport",
        "PostLog",
        "UpsertDraft",
        "DeleteDraft",
        "DeleteThreadDraft",
        "MarkNoticesViewed",
        "UpdateUserStatus",
        "UpdateThreadsReadForUser",
        "UpdateThreadReadForUser",
        "SetPostUnread",
        "SetThreadUnreadByPostId",
        "AcknowledgeNotification",
        "AttachDeviceExtraProps",
    )
)
"""What clients do all the time by themselves, and nobody asks about afterwards."""

WATCHED_READS: Final = frozenset(
    (
        "GetConfig",
        "GetLogs",
        "QueryLogs",
        "DownloadSystemLogs",
        "GetAudits",
        "GetUserAudits",
        "GenerateSupportPacket",
        "DownloadExport",
        "DownloadComplianceReport",
        "DownloadJob",
        "GetUserAccessTokens",
        "GetUserAccessTokensForUser",
        "SearchUserAccessTokens",
        "GetSessions",
        "GetPostsForReporting",
        "GetUsersForReporting",
    )
)
"""What is only looked at, but would interest an auditor."""


_LEVELS: Final[dict[str, int | None]] = {}
"""The usual levels by operations' names, worked out when first needed."""


def usual_level(operation: Operation) -> int | None:
    """The kind of record that an operation makes when it works; None if it makes none."""
    if operation.name not in _LEVELS:
        _LEVELS[operation.name] = _work_out_level(operation)
    return _LEVELS[operation.name]


def _work_out_level(operation: Operation) -> int | None:
    if operation.name in WATCHED_READS:
        return API
    if operation.method in ("GET", "HEAD") or operation.name.startswith(READS) or operation.name in PASSING:
        return None
    return CONTENT if operation.handler.__module__.startswith("mmfast.features.messages.") else API


def note(ctx: Context, log: AuditLog, operation: Operation, parameters: dict[str, str], status: int) -> None:
    """Records an operation that has been answered with `status`, if it is one to be recorded."""
    level = usual_level(operation)
    if ctx.session is not None and ctx.session.local:
        level = CLI
    elif status == 403:
        level = PERMISSIONS
    if level is not None:
        log.write(level, _record(ctx, operation, parameters, status))


def _record(ctx: Context, operation: Operation, parameters: dict[str, str], status: int) -> Record:
    headers = ctx.request.headers if ctx.request is not None else None
    names = () if operation.auth is Auth.OPTIONAL else operation.parameters
    told = {name: str(parameters[name]) for name in names if name in parameters}
    return Record(
        timestamp=datetime.now(UTC).isoformat(sep=" ", timespec="milliseconds").replace("+00:00", " Z"),
        event_name=operation.name,
        status=SUCCESS if status < 400 else FAIL,
        actor=Actor(
            user_id=ctx.user_id,
            session_id=ctx.session.id if ctx.session is not None else "",
            client=(headers.get("user-agent") or "")[:LONGEST_HEADER] if headers is not None else "",
            ip_address=ctx.ip,
            x_forwarded_for=(headers.get("x-forwarded-for") or "")[:LONGEST_HEADER] if headers is not None else "",
        ),
        event=Event(told),
        meta=Meta(operation.path, ctx.request_id),
        error=Error(ctx.refusal, status) if status >= 400 else None,
    )
