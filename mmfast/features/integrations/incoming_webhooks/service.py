"""Makes, changes and removes incoming webhooks, and posts what is sent to them."""

from typing import Final

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.ids import is_valid_id, new_id
from mmfast.features.identity.roles.service import roles_grant
from mmfast.features.identity.users.service import find_user_by_username, get_user, is_username
from mmfast.features.identity.users.types import User
from mmfast.features.integrations.incoming_webhooks import errors, store
from mmfast.features.integrations.incoming_webhooks.types import (
    MAX_DESCRIPTION,
    MAX_DISPLAY_NAME,
    MAX_ICON_URL,
    IncomingWebhook,
    IncomingWebhookDraft,
    Payload,
)
from mmfast.features.integrations.slack_markup.service import AttachmentError
from mmfast.features.integrations.webhook_posts.service import create_webhook_post
from mmfast.features.integrations.webhook_posts.types import Sender
from mmfast.features.messages.posts.service import require_unrestricted
from mmfast.features.spaces.channel_members.service import get_roles
from mmfast.features.spaces.channels.events import (
    CHANNEL_DELETED_FOREVER,
    CHANNEL_MOVED,
    ChannelDeletedForever,
    ChannelMoved,
)
from mmfast.features.spaces.channels.service import get_channel, get_channel_by_name
from mmfast.features.spaces.channels.types import PUBLIC, Channel
from mmfast.features.spaces.direct_channels.service import create_direct_channel
from mmfast.platform.cache import CacheKind

HOOKS: Final[CacheKind[str, IncomingWebhook]] = CacheKind("incoming_webhooks", size=10_000)


async def find_webhook(ctx: Context, hook_id: str) -> IncomingWebhook | None:
    """The webhook, unless deleted."""

    async def load() -> IncomingWebhook:
        return await store.find(ctx.db, hook_id)  # type: ignore[return-value]  # None is not kept

    return await ctx.cached(HOOKS, hook_id, load)


async def get_webhook(ctx: Context, hook_id: str) -> IncomingWebhook:
    """As `find_webhook`, or the error that there is none."""
    hook = await find_webhook(ctx, hook_id)
    if hook is None:
        raise errors.HOOK_NOT_FOUND()
    return hook


async def list_webhooks(ctx: Context, team_id: str, user_id: str, offset: int, limit: int) -> list[IncomingWebhook]:
    """A page of webhooks, of one team or with "" of all, of one owner or with "" of all."""
    return await store.list_hooks(ctx.db, team_id, user_id, offset, limit)


async def count_webhooks(ctx: Context, team_id: str, user_id: str) -> int:
    """How many webhooks `list_webhooks` has in all."""
    return await store.count_hooks(ctx.db, team_id, user_id)


# Managing -------------------------------------------------------------------------------------------------------------


def _require_valid(hook: IncomingWebhook) -> None:
    if hook.username and not is_username(hook.username):
        raise errors.BAD_USERNAME()
    if not is_valid_id(hook.team_id):
        raise errors.BAD_TEAM()
    if len(hook.display_name) > MAX_DISPLAY_NAME:
        raise errors.BAD_DISPLAY_NAME()
    if len(hook.description) > MAX_DESCRIPTION:
        raise errors.BAD_DESCRIPTION()
    if len(hook.icon_url) > MAX_ICON_URL:
        raise errors.BAD_ICON()


def _permitted_look(ctx: Context, draft: IncomingWebhookDraft) -> tuple[str, str]:
    """The name and the picture that the webhook may have of its own."""
    settings = ctx.config.ServiceSettings
    return (
        draft.username if settings.EnablePostUsernameOverride else "",
        draft.icon_url if settings.EnablePostIconOverride else "",
    )


async def create_webhook(ctx: Context, draft: IncomingWebhookDraft, channel: Channel) -> IncomingWebhook:
    """A new webhook of the channel, the caller's unless another owner is given."""
    if draft.id:
        raise errors.HOOK_EXISTS()
    now = now_ms()
    username, icon_url = _permitted_look(ctx, draft)
    hook = IncomingWebhook(
        id=new_id(),
        create_at=now,
        update_at=now,
        delete_at=draft.delete_at,
        user_id=draft.user_id or ctx.user_id,
        channel_id=channel.id,
        team_id=channel.team_id,
        display_name=draft.display_name,
        description=draft.description,
        username=username,
        icon_url=icon_url,
        channel_locked=draft.channel_locked,
    )
    _require_valid(hook)
    await store.insert(ctx.db, hook)
    return hook


async def update_webhook(ctx: Context, hook: IncomingWebhook, draft: IncomingWebhookDraft) -> IncomingWebhook:
    """Replaces what may change; owner and team stay."""
    username, icon_url = _permitted_look(ctx, draft)
    changed = replace(
        hook,
        update_at=now_ms(),
        channel_id=draft.channel_id,
        display_name=draft.display_name,
        description=draft.description,
        username=username,
        icon_url=icon_url,
        channel_locked=draft.channel_locked,
    )
    _require_valid(changed)
    await store.update(ctx.db, changed)
    ctx.invalidate(HOOKS, hook.id)
    return changed


async def delete_webhook(ctx: Context, hook: IncomingWebhook) -> None:
    """Removes a webhook; its address stops working."""
    await store.mark_deleted(ctx.db, hook.id, now_ms())
    ctx.invalidate(HOOKS, hook.id)


@CHANNEL_DELETED_FOREVER.register
async def remove_with_channel(ctx: Context, news: ChannelDeletedForever) -> None:
    """A channel's webhooks go with it."""
    await store.remove_channel(ctx.db, news.channel.id)
    ctx.invalidate(HOOKS, None)


@CHANNEL_MOVED.register
async def move_with_channel(ctx: Context, news: ChannelMoved) -> None:
    """A channel's webhooks follow it into another team."""
    await store.move_channel(ctx.db, news.channel.id, news.channel.team_id)
    ctx.invalidate(HOOKS, None)


# Posting --------------------------------------------------------------------------------------------------------------


async def receive(ctx: Context, hook_id: str, payload: Payload) -> None:
    """Posts what was sent to the address of a webhook. A refusal is told without its reason, which the log has."""
    try:
        await _post(ctx, hook_id, payload)
    except AttachmentError as error:
        raise errors.UNREADABLE(detail=str(error)) from None
    except AppError as error:
        raise errors.NOT_POSTED.same_with(error.status)(detail=f"{error.id} {error.detail}") from None


async def _post(ctx: Context, hook_id: str, payload: Payload) -> None:
    if not ctx.config.ServiceSettings.EnableIncomingWebhooks:
        raise errors.POSTING_DISABLED()
    hook = await find_webhook(ctx, hook_id) if is_valid_id(hook_id) else None
    if hook is None:
        raise errors.NO_SUCH_HOOK()
    if payload.says_nothing:
        raise errors.NO_TEXT()
    owner = await get_user(ctx, hook.user_id)
    channel = await _target(ctx, hook, payload.channel)
    if channel.delete_at:
        raise errors.CHANNEL_ARCHIVED()
    if hook.channel_locked and channel.id != hook.channel_id:
        raise errors.CHANNEL_LOCKED()
    if channel.type != PUBLIC and not await _may_read(ctx, owner, channel):
        raise errors.NOT_PERMITTED()
    await require_unrestricted(ctx, channel, errors.NOT_PERMITTED)
    sender = Sender(owner, channel, hook.display_name, hook.username, hook.icon_url)
    await create_webhook_post(ctx, sender, payload)


async def _target(ctx: Context, hook: IncomingWebhook, name: str) -> Channel:
    """The webhook's channel, or which the message names: a channel of the team, or the user behind an @."""
    if not name:
        return await get_channel(ctx, hook.channel_id)
    if name.startswith("@"):
        if hook.channel_locked:
            raise errors.CHANNEL_LOCKED()
        user = await find_user_by_username(ctx, name[1:].lower())
        if user is None:
            raise errors.NO_SUCH_USER()
        return await create_direct_channel(ctx, hook.user_id, user.id)
    return await get_channel_by_name(ctx, hook.team_id, name.removeprefix("#"))


async def _may_read(ctx: Context, owner: User, channel: Channel) -> bool:
    """Whether the webhook's owner is in the channel, or may read it all the same."""
    roles = await get_roles(ctx, channel, owner.id)
    return bool(roles) or await roles_grant(ctx, owner.roles, "read_channel")
