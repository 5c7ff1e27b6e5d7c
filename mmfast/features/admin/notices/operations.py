"""The routes of notices."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.core.clock import now_ms
from mmfast.features.admin.notices import store
from mmfast.features.admin.notices.types import CLIENTS, MAX_NOTICE_ID, NoticeQuery


@operation("GetNotices", "GET /system/notices/{team_id}", guard=SIGNED_IN)
async def get_notices(ctx: Context, query: NoticeQuery) -> list[dict[str, Any]]:
    """The notices that the caller should see: none."""
    if query.client not in CLIENTS:
        raise INVALID_BODY_PARAM(name="client")
    return []


@operation("MarkNoticesViewed", "PUT /system/notices/view", guard=SIGNED_IN)
async def mark_notices_viewed(ctx: Context, body: list[str]) -> None:
    """Keeps which notices the caller has seen."""
    notice_ids = list(dict.fromkeys(notice_id for notice_id in body if 0 < len(notice_id) <= MAX_NOTICE_ID))
    if notice_ids:
        await store.save_views(ctx.db, ctx.user_id, notice_ids, now_ms() // 1000)
