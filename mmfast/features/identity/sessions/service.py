"""Finds, makes, lengthens and ends sessions.

`find_session` runs on every request: on a cache hit it asks no database and suspends nothing. Whoever ends sessions
or changes what they hold does it here, because the caches of all workers and the open sockets must hear of it.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Final

from mmfast.api.context import App, Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.core.ids import is_valid_id, new_id
from mmfast.db.batch import Batch
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, roles_grant
from mmfast.features.identity.sessions import store
from mmfast.features.identity.sessions.errors import SESSION_NOT_FOUND
from mmfast.features.identity.sessions.types import MILLISECONDS_PER_HOUR, Session, SessionsShown, SessionView
from mmfast.platform.cache import CacheKind
from mmfast.realtime.signals import AllSessionsRevoked, SessionRevoked, UserChanged, UserSessionsRevoked

SESSIONS: Final[CacheKind[str, Session | None]] = CacheKind("sessions", size=100_000)

ACTIVITY_GRANULARITY: Final = 2 * 60_000
"""A session's last use is kept to two minutes: finer, every request would cause a write."""

ACTIVITY_WRITE_INTERVAL: Final = 15_000
"""Milliseconds between two writes of a worker, each of all sessions used meanwhile."""

MAX_EXTENSION_STEP: Final = 24 * MILLISECONDS_PER_HOUR
"""With lengthening by activity, the end is moved when a hundredth of the length has passed, but at least daily."""

EXPIRED_SHOWN_MS: Final = 24 * MILLISECONDS_PER_HOUR
"""How long a session that ended by itself stays in its user's list."""

TokenSource = Callable[[Context, str], Awaitable[Session | None]]
TOKEN_SOURCES: Final[list[TokenSource]] = []
"""Other features that can turn an unknown token into a session (personal access tokens)."""

SessionCheck = Callable[[Context, Session], bool]
SESSION_CHECKS: Final[list[SessionCheck]] = []
"""Other features' conditions on a known session, asked on every use; each looks at memory only."""


SESSIONS_SHOWN: Final[Hook[SessionsShown]] = Hook("sessions_shown")
"""Run before sessions are listed: whoever knows the user's team memberships puts them in."""


def token_source(source: TokenSource) -> TokenSource:
    """Registers a source of sessions; usable as a decorator."""
    TOKEN_SOURCES.append(source)
    return source


def session_check(check: SessionCheck) -> SessionCheck:
    """Registers a condition on sessions; usable as a decorator."""
    SESSION_CHECKS.append(check)
    return check


async def find_session(ctx: Context, token: str) -> Session | None:
    """The session that the token stands for, unless it has expired or may not be used now."""
    session = ctx.caches.find(SESSIONS, token)
    if session is None:
        if not is_valid_id(token):
            return None
        session = await ctx.cached(SESSIONS, token, lambda: _load(ctx, token))
        if session is None:
            return None
    now = now_ms()
    if session.is_expired(now):
        return None
    if _is_idle(ctx, session, now):
        await revoke_session(ctx, session)
        return None
    for check in SESSION_CHECKS:
        if not check(ctx, session):
            return None
    if now - session.last_activity_at > ACTIVITY_GRANULARITY:
        await _note_use(ctx, session, now)
    return session


async def _load(ctx: Context, token: str) -> Session | None:
    session = await _batch(ctx.app).find(token)
    if session is not None and hmac.compare_digest(session.token, token):
        return session
    for source in TOKEN_SOURCES:
        session = await source(ctx, token)
        if session is not None:
            return session
    return None


def _batch(app: App) -> Batch[str, Session]:
    """Joins the lookups of a worker."""
    batch: Batch[str, Session] | None = app.state.get("sessions by token")
    if batch is None:
        batch = app.state["sessions by token"] = Batch(lambda tokens: store.list_by_tokens(app.db, tokens))
    return batch


def _is_idle(ctx: Context, session: Session, now: int) -> bool:
    """Whether a browser's session was left unused for too long. Phones and programs are not held to it."""
    settings = ctx.config.ServiceSettings
    minutes = settings.SessionIdleTimeoutInMinutes
    if minutes <= 0 or settings.ExtendSessionLengthWithActivity:
        return False
    if session.is_access_token or session.is_oauth or session.is_mobile:
        return False
    return now - session.last_activity_at > minutes * 60_000


class _Activity:
    """The uses of a worker's sessions that are not yet written; what a crash loses is a few seconds of them."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self.written_at = 0

    async def write(self, ctx: Context) -> None:
        seen, self.seen = self.seen, {}
        await store.update_activity(ctx.db, seen)


async def _note_use(ctx: Context, session: Session, now: int) -> None:
    session.last_activity_at = now
    activity: _Activity = ctx.app.state.setdefault("sessions", _Activity())
    activity.seen[session.id] = now
    if now - activity.written_at > ACTIVITY_WRITE_INTERVAL:
        activity.written_at = now
        ctx.app.spawn("session activity", activity.write)
    await _extend(ctx, session, now)


def length_of(ctx: Context, session: Session) -> int:
    """How long a session of this kind lasts, in milliseconds."""
    settings = ctx.config.ServiceSettings
    if session.is_mobile:
        hours = settings.SessionLengthMobileInHours
    elif session.is_sso:
        hours = settings.SessionLengthSSOInHours
    else:
        hours = settings.SessionLengthWebInHours
    return hours * MILLISECONDS_PER_HOUR


async def _extend(ctx: Context, session: Session, now: int) -> None:
    """Moves the end of a session in use, where the configuration lets activity lengthen sessions."""
    if not ctx.config.ServiceSettings.ExtendSessionLengthWithActivity or session.is_access_token:
        return
    if session.expires_at <= 0 or session.is_oauth:
        return
    length = length_of(ctx, session)
    elapsed = length - (session.expires_at - now)
    if elapsed < min(length // 100, MAX_EXTENSION_STEP):
        return
    session.expires_at = now + length
    await store.update_expiry(ctx.db, session.id, session.expires_at)


async def create_session(ctx: Context, user_id: str, roles: str, props: dict[str, str], device_id: str = "") -> Session:
    """Begins a session of ordinary length; `props` get a CSRF word. Other sessions on the same device end."""
    now = now_ms()
    session = Session(
        id=new_id(),
        token=new_id(),
        create_at=now,
        expires_at=0,
        last_activity_at=now,
        user_id=user_id,
        device_id=device_id,
        roles=roles,
        is_oauth=False,
        expired_notify=False,
        props={**props, "csrf": new_id()},
    )
    session.expires_at = now + length_of(ctx, session)
    if device_id:
        await _revoke_on_device(ctx, user_id, device_id, keep=session.id)
    await store.insert(ctx.db, session)
    return session


async def save_session(ctx: Context, session: Session) -> Session:
    """Begins a session that the caller made up: of a personal access token or of an OAuth app."""
    await store.insert(ctx.db, session)
    return session


async def list_sessions(ctx: Context, user_id: str) -> list[Session]:
    """The user's sessions that have not expired."""
    now = now_ms()
    return [s for s in await store.list_of_user(ctx.db, user_id) if not s.is_expired(now)]


async def list_session_views(ctx: Context, user_id: str) -> list[SessionView]:
    """The user's sessions as people see them: without tokens, with the memberships that clients expect beside them."""
    found = await list_sessions(ctx, user_id)
    shown = SessionsShown(user_id)
    if found:
        await SESSIONS_SHOWN.run(ctx, shown)
    return [
        SessionView(
            id=s.id,
            token="",
            create_at=s.create_at,
            expires_at=s.expires_at,
            last_activity_at=s.last_activity_at,
            user_id=s.user_id,
            device_id=s.device_id,
            roles=s.roles,
            is_oauth=s.is_oauth,
            expired_notify=s.expired_notify,
            props=s.props,
            team_members=shown.team_members,
            local=s.local,
        )
        for s in found
    ]


async def get_session_by_id(ctx: Context, session_id: str) -> Session:
    """The session with this id."""
    session = await store.find_by_id(ctx.db, session_id)
    if session is None:
        raise SESSION_NOT_FOUND()
    return session


async def revoke_session(ctx: Context, session: Session) -> None:
    """Ends one session: its token stops working everywhere and its sockets stop speaking for the user."""
    await store.delete(ctx.db, session.id)
    _announce_end(ctx, session.id, session.token)


async def revoke_token(ctx: Context, token: str) -> None:
    """Ends the session with this token, if there is one."""
    for session_id in await store.delete_of_access_token(ctx.db, token):
        _announce_end(ctx, session_id, token)
    ctx.invalidate(SESSIONS, token)


async def revoke_sessions_of_user(ctx: Context, user_id: str, keep: str = "") -> None:
    """Ends all sessions of a user, except the one with the id `keep`."""
    for session_id, token in await store.delete_of_user(ctx.db, user_id, keep):
        _announce_end(ctx, session_id, token)
    if not keep:
        ctx.announce(UserSessionsRevoked(user_id))


async def revoke_all_sessions(ctx: Context) -> None:
    """Ends the sessions of everybody."""
    await store.delete_all(ctx.db)
    ctx.invalidate(SESSIONS, None)
    ctx.announce(AllSessionsRevoked())


async def update_roles_of_user(ctx: Context, user_id: str, roles: str) -> None:
    """Gives the open sessions of a user new roles."""
    for token in await store.update_roles(ctx.db, user_id, roles):
        ctx.invalidate(SESSIONS, token)
    ctx.announce(UserChanged(user_id, is_admin=await roles_grant(ctx, roles, MANAGE_SYSTEM)))


async def update_guest_of_user(ctx: Context, user_id: str, is_guest: bool) -> None:
    """Notes in the open sessions of a user that they became a guest, or no longer are one."""
    for token in await store.update_guest(ctx.db, user_id, is_guest):
        ctx.invalidate(SESSIONS, token)
    ctx.announce(UserChanged(user_id, is_guest=is_guest))


async def attach_device(ctx: Context, session: Session, device_id: str) -> Session:
    """Ties the session to a phone: it gets a phone's length, and other sessions on that phone end."""
    await _revoke_on_device(ctx, session.user_id, device_id, keep=session.id)
    session.device_id = device_id
    session.expires_at = session.create_at + length_of(ctx, session)
    await store.update_device(ctx.db, session.id, device_id, session.expires_at)
    ctx.invalidate(SESSIONS, session.token)
    return session


async def add_props(ctx: Context, session: Session, props: dict[str, str]) -> None:
    """Writes properties into the session."""
    await store.update_props(ctx.db, session.id, props)
    ctx.invalidate(SESSIONS, session.token)


async def _revoke_on_device(ctx: Context, user_id: str, device_id: str, keep: str) -> None:
    for session_id, token in await store.delete_of_device(ctx.db, user_id, device_id, keep):
        _announce_end(ctx, session_id, token)


def _announce_end(ctx: Context, session_id: str, token: str) -> None:
    ctx.invalidate(SESSIONS, token)
    ctx.announce(SessionRevoked(session_id))


async def remove_expired(ctx: Context) -> None:
    """Removes sessions that ended a while ago; until then people see in their list that and when they did."""
    await store.delete_expired(ctx.db, now_ms() - EXPIRED_SHOWN_MS)
