"""Who may make, see and take back whose tokens."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.access_tokens.service import get_token
from mmfast.features.identity.access_tokens.types import AccessToken, TokenChoice
from mmfast.features.identity.bots.service import find_bot
from mmfast.features.identity.roles.service import may, require
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.types import User


async def _require_over(ctx: Context, user_id: str) -> None:
    """Refuses callers who may not act for this user: not the user, not the bot's owner, not a manager of users."""
    if user_id == ctx.user_id:
        return
    if (bot := await find_bot(ctx, user_id)) is not None:
        own = bot.owner_id == ctx.user_id and await may(ctx, "manage_bots")
        if own or await may(ctx, "manage_others_bots"):
            return
        raise PERMISSION(detail="needs manage_others_bots")
    await require(ctx, "edit_other_users")


async def may_create_token(ctx: Context, user_id: str) -> User:
    """Open to who may make tokens, for whom they may act for; administrators' tokens to administrators only."""
    if ctx.session is not None and ctx.session.is_oauth:
        raise PERMISSION(detail="an OAuth session makes no tokens")
    user = await get_user(ctx, user_id)
    await require(ctx, "create_user_access_token")
    await _require_over(ctx, user_id)
    if user.is_system_admin and user_id != ctx.user_id:
        await require(ctx, "manage_system")
    return user


async def may_read_tokens_of(ctx: Context, user_id: str) -> None:
    """Open to who may read tokens, of whom they may act for."""
    await require(ctx, "read_user_access_token")
    await _require_over(ctx, user_id)


async def may_read_token(ctx: Context, token_id: str) -> AccessToken:
    """Open to who may read tokens, of whom they may act for."""
    await require(ctx, "read_user_access_token")
    token = await get_token(ctx, token_id)
    await _require_over(ctx, token.user_id)
    return token


async def may_read_all_tokens(ctx: Context) -> None:
    """Open to system administrators."""
    await require(ctx, "manage_system")


async def may_take_tokens(ctx: Context) -> None:
    """Open to who may take tokens back; whose is seen by `require_token_to_change`."""
    await require(ctx, "revoke_user_access_token")


async def may_enable_tokens(ctx: Context) -> None:
    """Open to who may make tokens; whose is seen by `require_token_to_change`."""
    await require(ctx, "create_user_access_token")


async def require_token_to_change(ctx: Context, choice: TokenChoice) -> AccessToken:
    """The chosen token, refused to those who may not act for its user."""
    token = await get_token(ctx, choice.token_id)
    await _require_over(ctx, token.user_id)
    return token
