"""Has links mailed, and takes addresses as verified."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.features.identity.email_verification.errors import BAD_LINK, LINK_EXPIRED
from mmfast.features.identity.email_verification.types import VerificationRequested
from mmfast.features.identity.one_time_tokens import service as tokens
from mmfast.features.identity.one_time_tokens.types import VERIFY_EMAIL
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import EmailChange, User, UserCreated

LINK_LIFETIME: Final = 24 * 3_600_000

VERIFICATION_REQUESTED: Final[Hook[VerificationRequested]] = Hook("email_verification_requested")
"""Run when a link is to be mailed, in the same transaction."""


async def request_verification(ctx: Context, user: User, email: str, *, is_new_account: bool = False) -> None:
    """Has a link mailed to `email`; following it makes that the user's verified address. Earlier links end."""
    async with ctx.transaction():
        token = await tokens.replace_user_tokens(ctx, VERIFY_EMAIL, user.id, email)
        await VERIFICATION_REQUESTED.run(ctx, VerificationRequested(user, email, token.token, is_new_account))


async def request_again(ctx: Context, email: str) -> None:
    """Has a link mailed to the account of this address. Whether there is one is not told."""
    user = await users.find_user_by_email(ctx, email)
    if user is not None and not user.email_verified:
        await request_verification(ctx, user, user.email)


async def verify(ctx: Context, token_text: str) -> User:
    """Takes the address that a mailed token stands for as verified."""
    token = await tokens.find_token(ctx, VERIFY_EMAIL, token_text)
    if token is None:
        raise BAD_LINK()
    if now_ms() - token.create_at > LINK_LIFETIME:
        raise LINK_EXPIRED()
    data = token.data()
    user = await users.find_user(ctx, str(data.get("UserId", "")))
    if user is None:
        raise BAD_LINK()
    async with ctx.transaction():
        if not await tokens.use_up(ctx, token):
            raise BAD_LINK()
        return await users.verify_email(ctx, user, str(data.get("Email") or user.email))


@users.USER_CREATED.register
async def verify_new_account(ctx: Context, news: UserCreated) -> None:
    """Has a link mailed to a new account where addresses must be verified."""
    if ctx.config.EmailSettings.RequireEmailVerification and not news.user.email_verified:
        await request_verification(ctx, news.user, news.user.email, is_new_account=True)


@users.EMAIL_CHANGING.register
async def verify_new_address(ctx: Context, change: EmailChange) -> None:
    """Where addresses must be verified, a new one is taken only when its link is followed."""
    if ctx.config.EmailSettings.RequireEmailVerification:
        change.deferred = True
        await request_verification(ctx, change.user, change.email)
