"""Marks the server busy, on every worker."""

from datetime import UTC, datetime

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.admin.server_busy.types import BusyState
from mmfast.realtime.signals import ServerMarkedBusy


def mark_busy(ctx: Context, seconds: int) -> None:
    """Makes the server count as busy for so many seconds from now; 0 ends it."""
    until = now_ms() + seconds * 1000 if seconds else 0
    ctx.app.busy_until_ms = until
    ctx.announce(ServerMarkedBusy(until))


def get_state(ctx: Context) -> BusyState:
    """How it stands now."""
    until = ctx.app.busy_until_ms
    if until <= now_ms():
        return BusyState(False, 0, "")
    clock = datetime.fromtimestamp(until / 1000, UTC).strftime("%a, %d %b %Y %H:%M:%S UTC")
    return BusyState(True, until // 1000, clock)
