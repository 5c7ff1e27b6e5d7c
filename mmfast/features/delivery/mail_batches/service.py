"""Has messages wait until their user wants a mail, or until one is full."""

from collections.abc import Sequence
from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.delivery.mail_batches import store
from mmfast.features.delivery.mail_batches.types import Waiting
from mmfast.features.identity.preferences.service import find_values

CATEGORY: Final = "notifications"
INTERVAL: Final = "email_interval"
"""The preference in which the clients keep how many seconds may pass before a mail."""
USUAL_SECONDS: Final = 900
LEAST_SECONDS: Final = 30
MOST_SECONDS: Final = 86_400
STALE_MS: Final = 48 * 3_600_000

_STATE: Final = "mail_batches"


async def add(ctx: Context, rows: Sequence[Waiting]) -> None:
    """Has the messages wait, each as long as its user lets it."""
    await _require_table(ctx)
    wishes = await find_values(ctx, [row.user_id for row in rows], CATEGORY, INTERVAL)
    for row in rows:
        row.due_at = now_ms() + 1000 * _seconds(wishes.get(row.user_id, ""))
    await store.insert(ctx.db, rows)


async def _require_table(ctx: Context) -> None:
    if not ctx.app.state.get(_STATE):
        await store.make_table(ctx.app.db)
        ctx.app.state[_STATE] = True


def _seconds(value: str) -> int:
    seconds = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else USUAL_SECONDS
    return min(max(seconds, LEAST_SECONDS), MOST_SECONDS)


async def list_due_users(ctx: Context) -> list[str]:
    """Whose mail is to go out now: all whose messages wait, once batching is switched off."""
    if not ctx.app.state.get(_STATE) and not await store.has_table(ctx.db):
        return []
    await _require_table(ctx)
    settings, now = ctx.config.EmailSettings, now_ms()
    await store.delete_older(ctx.db, now - STALE_MS)
    if not settings.EnableEmailBatching:
        now += 1000 * MOST_SECONDS
    return await store.list_due_users(ctx.db, now, settings.EmailBatchingBufferSize)


async def take(ctx: Context, user_id: str) -> list[Waiting]:
    """All that waits for the user, oldest first, with the open transaction; nothing if another worker has it."""
    return await store.take(ctx.db, user_id)
