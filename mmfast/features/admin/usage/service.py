"""Rounds the figures, which nobody needs exactly, and keeps them for a while: counting all posts takes its time."""

from collections.abc import Awaitable, Callable
from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.db.executor import Executor
from mmfast.features.admin.usage import store
from mmfast.platform.cache import CacheKind

FIGURES: Final[CacheKind[str, tuple[int, int]]] = CacheKind("usage", size=10)
"""Figure and the time it was counted, by name."""
KEPT_MS: Final = 60_000


def rounded(figure: int) -> int:
    """The figure with all digits but the first made zero."""
    unit = int("1" + "0" * (len(str(figure)) - 1))
    return figure // unit * unit


async def _figure(ctx: Context, name: str, count: Callable[[Executor], Awaitable[int]]) -> int:
    known = ctx.caches.find(FIGURES, name)
    if known is None or known[1] < now_ms() - KEPT_MS:
        known = (await count(ctx.db), now_ms())
        ctx.caches.put(FIGURES, name, known)
    return known[0]


async def count_posts(ctx: Context) -> int:
    """About how many posts there are."""
    return rounded(await _figure(ctx, "posts", store.count_posts))


async def sum_file_sizes(ctx: Context) -> int:
    """About how many bytes of files there are."""
    return rounded(await _figure(ctx, "storage", store.sum_file_sizes))


async def count_teams(ctx: Context) -> int:
    """How many teams there are."""
    return await _figure(ctx, "teams", store.count_teams)
