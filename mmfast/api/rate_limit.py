"""Limits how often one caller may ask, by RateLimitSettings: a leaky bucket per caller (GCRA).

A caller is the user of a session (VaryByUser), the address (VaryByRemoteAddr) or the value of a header
(VaryByHeader). Off unless the configuration enables it. Counts per worker.
"""

from typing import Final

import trio

from mmfast.api.context import App, Context
from mmfast.core.errors import ErrorKind

RATE_EXCEEDED: Final = ErrorKind("api.rate_limit.exceeded.app_error", 429, "Too many requests; slow down.")


class RateLimiter:
    """Remembers, per caller, the time at which its bucket will have drained."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._drained_at: dict[str, float] = {}

    def allow(self, ctx: Context, always: bool) -> None:
        """Counts one request; raises RATE_EXCEEDED. `always` marks routes that count even for signed-in callers."""
        settings = self._app.config.RateLimitSettings
        if not settings.Enable:
            return
        key = self._key(ctx, always)
        interval = 1.0 / max(settings.PerSec, 1)
        now = trio.current_time()
        due = max(self._drained_at.get(key, now), now) + interval
        ahead = due - now - interval * (settings.MaxBurst + 1)
        ctx.add_header("X-RateLimit-Limit", str(settings.MaxBurst + 1))
        if ahead > 1e-9:
            ctx.add_header("X-RateLimit-Remaining", "0")
            ctx.add_header("Retry-After", str(int(ahead) + 1))
            raise RATE_EXCEEDED()
        ctx.add_header("X-RateLimit-Remaining", str(int((interval * (settings.MaxBurst + 1) - (due - now)) / interval)))
        if len(self._drained_at) >= settings.MemoryStoreSize and key not in self._drained_at:
            self._forget_drained(now)
        self._drained_at[key] = due

    def _key(self, ctx: Context, always: bool) -> str:
        settings = self._app.config.RateLimitSettings
        key = ctx.user_id if settings.VaryByUser and not always else ""
        if not key and settings.VaryByRemoteAddr:
            key = ctx.ip
        if settings.VaryByHeader and ctx.request is not None:
            key += ctx.request.headers.get(settings.VaryByHeader.lower())
        return key

    def _forget_drained(self, now: float) -> None:
        """Makes room: drained buckets first, and if none is, all (a flood must not grow memory)."""
        self._drained_at = {key: due for key, due in self._drained_at.items() if due > now}
        if len(self._drained_at) >= self._app.config.RateLimitSettings.MemoryStoreSize:
            self._drained_at.clear()
