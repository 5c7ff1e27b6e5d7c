"""Who may keep drafts: whoever may write in the channel, while drafts are switched on."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.messages.drafts import errors
from mmfast.features.messages.drafts.types import DraftInput
from mmfast.features.messages.posts.service import require_unrestricted
from mmfast.features.spaces.channels.guards import may_in_this_channel
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.teams.guards import require_in_team


async def may_use_drafts(ctx: Context) -> None:
    """Everybody signed in, of their own drafts."""
    if not ctx.config.ServiceSettings.AllowSyncedDrafts:
        raise errors.DISABLED()


async def may_list_drafts(ctx: Context, team_id: str) -> None:
    """Whoever may see the team."""
    await may_use_drafts(ctx)
    await require_in_team(ctx, team_id, "view_team")


async def may_save_draft(ctx: Context, body: DraftInput) -> Channel:
    """Whoever is allowed to write in the channel."""
    await may_use_drafts(ctx)
    channel = await find_channel(ctx, body.channel_id) if is_valid_id(body.channel_id) else None
    if channel is None or not await may_in_this_channel(ctx, channel, "create_post"):
        raise PERMISSION(detail="needs create_post in the channel")
    if channel.delete_at:
        raise errors.CHANNEL_ARCHIVED()
    await require_unrestricted(ctx, channel, errors.RESTRICTED_DIRECT)
    return channel
