"""Makes tokens, turns them into sessions, switches them off and takes them back."""

import hmac
from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.core.ids import new_id
from mmfast.features.identity.access_tokens import store
from mmfast.features.identity.access_tokens.errors import BAD_DESCRIPTION, DISABLED, TOKEN_NOT_FOUND
from mmfast.features.identity.access_tokens.types import AccessToken, AccessTokenMade
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.sessions.types import MILLISECONDS_PER_HOUR, USER_ACCESS_TOKEN, Session
from mmfast.features.identity.users.types import User

MAX_DESCRIPTION: Final = 255
MAX_PER_PAGE: Final = 200
SESSION_LENGTH: Final = 100 * 365 * 24 * MILLISECONDS_PER_HOUR
"""A token's session has no end of its own: a hundred years, which the reference's clients can show."""

ACCESS_TOKEN_MADE: Final[Hook[AccessTokenMade]] = Hook("access_token_made")
"""Run after a person's token was made, in the same transaction."""


async def create_token(ctx: Context, user: User, description: str) -> AccessToken:
    """A new token for the user; only this answer ever shows the secret."""
    if len(description) > MAX_DESCRIPTION:
        raise BAD_DESCRIPTION()
    if not ctx.config.ServiceSettings.EnableUserAccessTokens and not user.is_bot:
        raise DISABLED()
    token = AccessToken(id=new_id(), user_id=user.id, description=description, is_active=True, token=new_id())
    async with ctx.transaction() as tx:
        await store.insert(tx, token)
        if not user.is_bot:
            await ACCESS_TOKEN_MADE.run(ctx, AccessTokenMade(user))
    return token


async def get_token(ctx: Context, token_id: str) -> AccessToken:
    """The token with this id, without its secret."""
    token = await store.find(ctx.db, token_id) if token_id else None
    if token is None:
        raise TOKEN_NOT_FOUND()
    return token


async def list_tokens(ctx: Context, user_id: str, page: int, per_page: int) -> list[AccessToken]:
    """A page of a user's tokens, or with "" of everybody's."""
    per_page = min(max(per_page, 1), MAX_PER_PAGE)
    offset = max(page, 0) * per_page
    if user_id:
        return await store.list_of_user(ctx.db, user_id, offset, per_page)
    return await store.list_all(ctx.db, offset, per_page)


async def search_tokens(ctx: Context, term: str) -> list[AccessToken]:
    """Tokens by id, user's id, or the beginning of the user's name."""
    return await store.search(ctx.db, term)


async def revoke_token(ctx: Context, token: AccessToken) -> None:
    """Takes a token back; the session that it made ends."""
    async with ctx.transaction() as tx:
        secret = await store.get_secret(tx, token.id)
        await store.delete(tx, token.id)
        await sessions.revoke_token(ctx, secret)


async def disable_token(ctx: Context, token: AccessToken) -> None:
    """Switches a token off; the session that it made ends."""
    async with ctx.transaction() as tx:
        secret = await store.get_secret(tx, token.id)
        await store.update_active(tx, token.id, False)
        await sessions.revoke_token(ctx, secret)


async def enable_token(ctx: Context, token: AccessToken) -> None:
    """Switches a token on again."""
    await store.update_active(ctx.db, token.id, True)


@sessions.session_check
def may_be_used(ctx: Context, session: Session) -> bool:
    """Whether the configuration lets a token's session be used: people's tokens can be switched off, bots' cannot."""
    if not session.is_access_token or ctx.config.ServiceSettings.EnableUserAccessTokens:
        return True
    return session.props.get("is_bot") == "true"


@sessions.token_source
async def session_of_token(ctx: Context, secret: str) -> Session | None:
    """A session for a personal access token that is shown for the first time."""
    owner = await store.find_usable(ctx.db, secret)
    if owner is None or not hmac.compare_digest(owner.secret, secret):
        return None
    if not owner.is_bot and not ctx.config.ServiceSettings.EnableUserAccessTokens:
        return None
    now = now_ms()
    props = {
        "user_access_token_id": owner.id,
        "type": USER_ACCESS_TOKEN,
        "is_guest": "true" if "system_guest" in owner.roles.split() else "false",
    }
    if owner.is_bot:
        props["is_bot"] = "true"
    session = Session(
        id=new_id(),
        token=secret,
        create_at=now,
        expires_at=now + SESSION_LENGTH,
        last_activity_at=now,
        user_id=owner.user_id,
        device_id="",
        roles=owner.roles,
        is_oauth=False,
        expired_notify=False,
        props=props,
    )
    return await sessions.save_session(ctx, session)
