"""Makes and uses up one-time tokens."""

import secrets
from typing import Any, Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import ALPHABET
from mmfast.features.identity.one_time_tokens import store
from mmfast.features.identity.one_time_tokens.types import LENGTH, LIFETIME, OneTimeToken

_LETTERS: Final = ALPHABET.decode()


async def create_token(ctx: Context, type: str, data: dict[str, Any]) -> OneTimeToken:
    """A new token that carries `data`."""
    now = now_ms()
    await store.delete_before(ctx.db, now - LIFETIME)
    token = OneTimeToken(
        token="".join(secrets.choice(_LETTERS) for _ in range(LENGTH)),
        create_at=now,
        type=type,
        extra=msgspec.json.encode(data).decode(),
    )
    await store.insert(ctx.db, token)
    return token


async def replace_user_tokens(ctx: Context, type: str, user_id: str, email: str) -> OneTimeToken:
    """A new token for a user; earlier ones of its type no longer work."""
    async with ctx.transaction():
        await store.delete_carrying(ctx.db, type, user_id)
        return await create_token(ctx, type, {"UserId": user_id, "Email": email})


async def find_token(ctx: Context, type: str, token: str) -> OneTimeToken | None:
    """The token if it is known, and for this purpose."""
    found = await store.find(ctx.db, token)
    return found if found is not None and found.type == type else None


async def use_up(ctx: Context, token: OneTimeToken) -> bool:
    """Takes the token out of use; False if somebody else was faster."""
    return await store.delete(ctx.db, token.token)


async def remove_expired(ctx: Context) -> None:
    """Removes the tokens that have run out."""
    await store.delete_before(ctx.db, now_ms() - LIFETIME)
