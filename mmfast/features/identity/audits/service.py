"""Notes what users do, and lists it."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.identity.audits import store
from mmfast.features.identity.audits.types import Audit
from mmfast.features.identity.sessions.types import Session

MAX_PER_PAGE: Final = 200
_MAX_EXTRA: Final = 1024
_MAX_ACTION: Final = 512


async def note(ctx: Context, extra: str = "", *, user_id: str | None = None, session: Session | None = None) -> None:
    """Notes the request at hand as the caller's (or `user_id`'s) deed; `extra` must hold nothing secret."""
    session = session or ctx.session
    if user_id is None:
        user_id = session.user_id if session is not None else ""
    audit = Audit(
        id=new_id(),
        create_at=now_ms(),
        user_id=user_id[:26],
        action=ctx.request.path[:_MAX_ACTION] if ctx.request is not None else "",
        extra_info=extra[:_MAX_EXTRA].replace("\0", ""),
        ip_address=ctx.ip[:64],
        session_id=session.id if session is not None else "",
    )
    await store.insert(ctx.db, audit)


async def list_audits(ctx: Context, user_id: str, page: int, per_page: int) -> list[Audit]:
    """A page of a user's audits, or with "" of everybody's."""
    per_page = min(max(per_page, 1), MAX_PER_PAGE)
    return await store.list_audits(ctx.db, user_id, max(page, 0) * per_page, per_page)
