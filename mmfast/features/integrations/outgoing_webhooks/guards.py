"""Who may manage outgoing webhooks: one's own by one permission in the team, those of others by another."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.identity.roles.service import may, require
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.outgoing_webhooks import service
from mmfast.features.integrations.outgoing_webhooks.errors import DISABLED, OTHER_TEAM
from mmfast.features.integrations.outgoing_webhooks.types import (
    OutgoingWebhook,
    OutgoingWebhookDraft,
    OutgoingWebhookQuery,
)
from mmfast.features.spaces.channels.guards import may_in_channel
from mmfast.features.spaces.teams.guards import may_in_team, require_in_team

OWN = "manage_own_outgoing_webhooks"
OTHERS = "manage_others_outgoing_webhooks"


def require_switched_on(ctx: Context) -> None:
    """Refuses everything while the server calls nobody."""
    if not ctx.config.ServiceSettings.EnableOutgoingWebhooks:
        raise DISABLED()


async def may_create_webhook(ctx: Context, body: OutgoingWebhookDraft) -> None:
    """In a team; for another creator with the permission over others."""
    require_switched_on(ctx)
    if not (body.creator_id or ctx.user_id):  # the local caller is nobody who could own it
        raise INVALID_BODY_PARAM(name="creator_id")
    await require_in_team(ctx, body.team_id, OWN)
    if body.creator_id and body.creator_id != ctx.user_id:
        await require_in_team(ctx, body.team_id, OTHERS)
        await get_user(ctx, body.creator_id)


async def may_list_webhooks(ctx: Context, query: OutgoingWebhookQuery) -> str:
    """Whose webhooks the caller may list: "" is everybody's."""
    require_switched_on(ctx)
    if query.channel_id:
        if not await _may_in_channel(ctx, query.channel_id, OWN):
            raise PERMISSION(detail=f"needs {OWN} in the channel")
        return "" if await _may_in_channel(ctx, query.channel_id, OTHERS) else ctx.user_id
    if query.team_id:
        await require_in_team(ctx, query.team_id, OWN)
        return "" if await may_in_team(ctx, query.team_id, OTHERS) else ctx.user_id
    await require(ctx, OWN)
    return "" if await may(ctx, OTHERS) else ctx.user_id


async def _may_in_channel(ctx: Context, channel_id: str, permission: str) -> bool:
    """As in the channel; who may everywhere gets an empty list for a channel that there is not."""
    return await may_in_channel(ctx, channel_id, permission) or await may(ctx, permission)


async def may_manage_webhook(ctx: Context, hook_id: str) -> OutgoingWebhook:
    """Its creator, and who manages those of others."""
    require_switched_on(ctx)
    hook = await service.get_webhook(ctx, hook_id)
    await require_in_team(ctx, hook.team_id, OWN)
    if hook.creator_id != ctx.user_id:
        await require_in_team(ctx, hook.team_id, OTHERS)
    return hook


async def may_update_webhook(ctx: Context, hook_id: str, body: OutgoingWebhookDraft) -> OutgoingWebhook:
    """As `may_manage_webhook`; the body must name the webhook of the address, and its team if any."""
    require_switched_on(ctx)
    if body.id != hook_id:
        raise INVALID_BODY_PARAM(name="hook_id")
    hook = await may_manage_webhook(ctx, hook_id)
    if body.team_id and body.team_id != hook.team_id:
        raise OTHER_TEAM()
    return hook
