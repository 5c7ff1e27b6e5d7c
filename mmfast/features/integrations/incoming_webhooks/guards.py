"""Who may manage incoming webhooks: one's own by one permission in the team, those of others by another.

A webhook of a private channel is out of reach for who may not read that channel, whatever else they may.
"""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.identity.roles.service import may, require
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.incoming_webhooks import service
from mmfast.features.integrations.incoming_webhooks.errors import DISABLED, OTHER_TEAM
from mmfast.features.integrations.incoming_webhooks.types import (
    IncomingWebhook,
    IncomingWebhookDraft,
    IncomingWebhookQuery,
)
from mmfast.features.spaces.channels.guards import may_in_this_channel
from mmfast.features.spaces.channels.service import find_channel, get_channel
from mmfast.features.spaces.channels.types import PUBLIC, Channel
from mmfast.features.spaces.teams.guards import may_in_team, require_in_team

OWN = "manage_own_incoming_webhooks"
OTHERS = "manage_others_incoming_webhooks"
UNLOCK = "bypass_incoming_webhook_channel_lock"


def require_switched_on(ctx: Context) -> None:
    """Refuses everything while the server takes no webhooks."""
    if not ctx.config.ServiceSettings.EnableIncomingWebhooks:
        raise DISABLED()


async def _require_readable(ctx: Context, channel: Channel) -> None:
    if channel.type != PUBLIC and not await may_in_this_channel(ctx, channel, "read_channel"):
        raise PERMISSION(detail="needs read_channel in the channel")


async def may_create_webhook(ctx: Context, body: IncomingWebhookDraft) -> Channel:
    """For a channel that the caller may read; for another owner with the permission over others."""
    require_switched_on(ctx)
    if not (body.user_id or ctx.user_id):  # the local caller is nobody who could own it
        raise INVALID_BODY_PARAM(name="user_id")
    channel = await get_channel(ctx, body.channel_id)
    await require_in_team(ctx, channel.team_id, OWN)
    if body.user_id and body.user_id != ctx.user_id:
        await require_in_team(ctx, channel.team_id, OTHERS)
        await get_user(ctx, body.user_id)
    await _require_readable(ctx, channel)
    if not body.channel_locked and not await may_in_team(ctx, channel.team_id, UNLOCK):
        body.channel_locked = True
    return channel


async def may_list_webhooks(ctx: Context, query: IncomingWebhookQuery) -> str:
    """Whose webhooks the caller may list: "" is everybody's."""
    require_switched_on(ctx)
    if query.team_id:
        await require_in_team(ctx, query.team_id, OWN)
        return "" if await may_in_team(ctx, query.team_id, OTHERS) else ctx.user_id
    await require(ctx, OWN)
    return "" if await may(ctx, OTHERS) else ctx.user_id


async def may_manage_webhook(ctx: Context, hook_id: str) -> IncomingWebhook:
    """Its owner, and who manages those of others."""
    require_switched_on(ctx)
    hook = await service.get_webhook(ctx, hook_id)
    await require_in_team(ctx, hook.team_id, OWN)
    if hook.user_id != ctx.user_id:
        await require_in_team(ctx, hook.team_id, OTHERS)
    channel = await find_channel(ctx, hook.channel_id)
    if channel is not None:
        await _require_readable(ctx, channel)
    return hook


async def may_update_webhook(ctx: Context, hook_id: str, body: IncomingWebhookDraft) -> IncomingWebhook:
    """As `may_manage_webhook`; the webhook may go to a channel of its team that the caller may read."""
    require_switched_on(ctx)
    if body.id != hook_id:
        raise INVALID_BODY_PARAM(name="hook_id")
    hook = await may_manage_webhook(ctx, hook_id)
    if body.team_id and body.team_id != hook.team_id:
        raise OTHER_TEAM()
    channel = await get_channel(ctx, body.channel_id)
    if channel.team_id != hook.team_id:
        raise INVALID_BODY_PARAM(name="channel_id")
    await _require_readable(ctx, channel)
    if not body.channel_locked and not await may_in_team(ctx, hook.team_id, UNLOCK):
        body.channel_locked = True
    return hook
