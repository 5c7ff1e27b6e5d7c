"""The operations on sessions."""

import re
from typing import Final

from mmfast.api import cookies
from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import INVALID_BODY_PARAM, INVALID_URL_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.sessions import service
from mmfast.features.identity.sessions.guards import may_end_all_sessions, may_manage_sessions
from mmfast.features.identity.sessions.types import DeviceChange, SessionRevocation, SessionView

_VERSION: Final = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")
"""A semantic version, as phones tell theirs."""


@operation("GetSessions", "GET /users/{user_id}/sessions", guard=may_manage_sessions)
async def get_sessions(ctx: Context, user_id: str) -> list[SessionView]:
    """The open sessions of a user."""
    return await service.list_session_views(ctx, user_id)


@operation("RevokeSession", "POST /users/{user_id}/sessions/revoke", guard=may_manage_sessions)
async def revoke_session(ctx: Context, user_id: str, body: SessionRevocation) -> None:
    """Ends one session of a user."""
    if not body.session_id:
        raise INVALID_BODY_PARAM(name="session_id")
    session = await service.get_session_by_id(ctx, body.session_id)
    if session.user_id != user_id:
        raise INVALID_URL_PARAM(name="user_id")
    await service.revoke_session(ctx, session)
    await audits.note(ctx)


@operation("RevokeAllSessions", "POST /users/{user_id}/sessions/revoke/all", guard=may_manage_sessions)
async def revoke_all_sessions(ctx: Context, user_id: str) -> None:
    """Ends all sessions of a user."""
    await service.revoke_sessions_of_user(ctx, user_id)
    await audits.note(ctx)


@operation("RevokeSessionsFromAllUsers", "POST /users/sessions/revoke/all", guard=may_end_all_sessions)
async def revoke_sessions_from_all_users(ctx: Context) -> None:
    """Ends the sessions of everybody, the caller's too."""
    await service.revoke_all_sessions(ctx)
    await audits.note(ctx)


@operation("AttachDeviceExtraProps", "PUT /users/sessions/device", guard=SIGNED_IN)
async def attach_device(ctx: Context, body: bytes) -> None:
    """Notes what a phone tells about itself in the caller's session. A broken body tells nothing."""
    try:
        change = read_body(body, DeviceChange)
    except BodyError:
        return
    session = ctx.session
    assert session is not None
    props = {}
    if change.device_notification_disabled:
        if change.device_notification_disabled not in ("true", "false"):
            raise INVALID_BODY_PARAM(name="device_notification_disabled")
        props["device_notification_disabled"] = change.device_notification_disabled
    if change.mobile_version:
        if _VERSION.fullmatch(change.mobile_version) is None:
            raise INVALID_BODY_PARAM(name="mobile_version")
        props["mobile_version"] = change.mobile_version
    if change.device_id:
        session = await service.attach_device(ctx, session, change.device_id)
        cookies.set_token_cookie(ctx, session, ctx.config.ServiceSettings.SessionLengthMobileInHours)
        await audits.note(ctx)
    if props:
        await service.add_props(ctx, session, props)
