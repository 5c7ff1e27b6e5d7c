"""Puts the figures together."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.admin.analytics import store
from mmfast.features.admin.analytics.types import Figure

DAY_MS: Final = 24 * 60 * 60 * 1000
DAYS: Final = 31

_EXTRA_NAMES: Final = (
    "incoming_webhook_count",
    "outgoing_webhook_count",
    "command_count",
    "session_count",
    "total_file_count",
    "total_file_size",
)
_BY_DAY: Final = {
    "post_counts_day": store.POSTS_BY_DAY,
    "bot_post_counts_day": store.BOT_POSTS_BY_DAY,
    "user_counts_with_posts_day": store.AUTHORS_BY_DAY,
}


async def find_figures(ctx: Context, name: str, team_id: str) -> list[Figure] | None:
    """The figures called so; None if there are none of that name."""
    if name == "standard":
        return await _standard(ctx, team_id)
    if name == "extra_counts":
        values = await store.get_extra(ctx.db, team_id, now_ms())
        return [Figure(*pair) for pair in zip(_EXTRA_NAMES, values, strict=True)]
    if name in _BY_DAY:
        return await store.list_by_day(ctx.db, _BY_DAY[name], team_id, now_ms() - DAYS * DAY_MS)
    return None


async def _standard(ctx: Context, team_id: str) -> list[Figure]:
    now = now_ms()
    public, private, posts, users, teams, daily, monthly, inactive, guests = await store.get_standard(
        ctx.db, team_id, now - DAY_MS, now - DAYS * DAY_MS
    )
    values = {
        "channel_open_count": public,
        "channel_private_count": private,
        "post_count": posts,
        "unique_user_count": users,
        "team_count": teams,
        "total_websocket_connections": len(ctx.app.hub.connected),
        "total_master_db_connections": ctx.app.db.open_connections,
        "total_read_db_connections": 0,
        "daily_active_users": daily,
        "monthly_active_users": monthly,
        "inactive_user_count": inactive,
        "single_channel_guest_count": guests,
    }
    return [Figure(name, value) for name, value in values.items()]
