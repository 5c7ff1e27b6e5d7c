"""Who may do what with custom emojis. Making and deleting are permissions that one may hold through any team."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.core.errors import ErrorKind
from mmfast.features.identity.roles.service import may
from mmfast.features.messages.emoji import service
from mmfast.features.messages.emoji.errors import DISABLED, DISABLED_REFUSAL
from mmfast.features.messages.emoji.types import Emoji
from mmfast.features.spaces.team_members.store import list_memberships
from mmfast.features.spaces.teams.guards import may_in_team


def require_enabled(ctx: Context, refusal: ErrorKind = DISABLED) -> None:
    """Refuses while custom emojis are switched off."""
    if not ctx.config.ServiceSettings.EnableCustomEmoji:
        raise refusal()


async def _may_in_any_team(ctx: Context, permission: str) -> bool:
    if await may(ctx, permission):
        return True
    for member in await list_memberships(ctx.db, ctx.user_id):
        if await may_in_team(ctx, member.team_id, permission):
            return True
    return False


async def may_read_emojis(ctx: Context) -> None:
    """Everybody signed in, while they are switched on."""
    require_enabled(ctx)


async def may_search_emojis(ctx: Context) -> None:
    """Everybody signed in, while they are switched on."""
    require_enabled(ctx, DISABLED_REFUSAL)


async def may_create_emoji(ctx: Context) -> None:
    """Whoever holds the permission in any team or in the whole server."""
    require_enabled(ctx)
    if not await _may_in_any_team(ctx, "create_emojis"):
        raise PERMISSION(detail="needs create_emojis")


async def may_delete_emoji(ctx: Context, emoji_id: str) -> Emoji:
    """One permission for one's own emojis, a further one for those of others."""
    require_enabled(ctx, DISABLED_REFUSAL)
    emoji = await service.get_emoji(ctx, emoji_id)
    for needed in ("delete_emojis",) if emoji.creator_id == ctx.user_id else ("delete_emojis", "delete_others_emojis"):
        if not await _may_in_any_team(ctx, needed):
            raise PERMISSION(detail=f"needs {needed}")
    return emoji
