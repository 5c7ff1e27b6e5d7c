"""Makes, changes and removes outgoing webhooks, and knows those of each team."""

from typing import Final

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import ErrorKind
from mmfast.core.ids import new_id
from mmfast.features.integrations.outgoing_webhooks import errors, store
from mmfast.features.integrations.outgoing_webhooks.types import (
    FIRST_WORD_BEGINS,
    FIRST_WORD_EXACTLY,
    MAX_CONTENT_TYPE,
    MAX_DESCRIPTION,
    MAX_DISPLAY_NAME,
    MAX_ICON_URL,
    MAX_LIST,
    MAX_TOKEN,
    MAX_USERNAME,
    OutgoingWebhook,
    OutgoingWebhookDraft,
    OutgoingWebhookQuery,
)
from mmfast.features.spaces.channels.events import (
    CHANNEL_DELETED_FOREVER,
    CHANNEL_MOVED,
    ChannelDeletedForever,
    ChannelMoved,
)
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.channels.types import PUBLIC
from mmfast.features.spaces.teams.events import TEAM_DELETED_FOREVER, TeamDeletedForever
from mmfast.features.spaces.teams.service import get_team
from mmfast.platform.cache import CacheKind

HOOKS_OF_TEAM: Final[CacheKind[str, tuple[OutgoingWebhook, ...]]] = CacheKind("outgoing_webhooks", size=10_000)
"""By the team's id; every post in a public channel asks for them."""


async def get_webhook(ctx: Context, hook_id: str) -> OutgoingWebhook:
    """The webhook, or the error that there is none."""
    hook = await store.find(ctx.db, hook_id)
    if hook is None:
        raise errors.HOOK_NOT_FOUND()
    return hook


async def list_webhooks(ctx: Context, query: OutgoingWebhookQuery, creator_id: str) -> list[OutgoingWebhook]:
    """A page of the webhooks asked for, of one creator or with "" of all."""
    # Who asks for a channel was let in by that channel: the team is not asked about, and must not widen the answer.
    team_id = "" if query.channel_id else query.team_id
    return await store.list_hooks(ctx.db, team_id, query.channel_id, creator_id, query.offset, query.limit)


async def list_team_webhooks(ctx: Context, team_id: str) -> tuple[OutgoingWebhook, ...]:
    """All webhooks of a team."""

    async def load() -> tuple[OutgoingWebhook, ...]:
        return tuple(await store.list_of_team(ctx.db, team_id))

    return await ctx.cached(HOOKS_OF_TEAM, team_id, load)


def _require_fitting(hook: OutgoingWebhook) -> None:
    """Refuses what the table does not hold."""
    checks = (
        (len(store.encode_list(hook.trigger_words)) <= MAX_LIST, errors.TRIGGERS_TOO_LONG),
        (len(store.encode_list(hook.callback_urls)) <= MAX_LIST, errors.BAD_CALLBACKS),
        (len(hook.display_name) <= MAX_DISPLAY_NAME, errors.BAD_DISPLAY_NAME),
        (len(hook.description) <= MAX_DESCRIPTION, errors.BAD_DESCRIPTION),
        (len(hook.content_type) <= MAX_CONTENT_TYPE, errors.BAD_CONTENT_TYPE),
        (hook.trigger_when in (FIRST_WORD_EXACTLY, FIRST_WORD_BEGINS), errors.BAD_CONTENT_TYPE),
        (len(hook.username) <= MAX_USERNAME, errors.BAD_USERNAME),
        (len(hook.icon_url) <= MAX_ICON_URL, errors.BAD_ICON),
        (len(hook.token) <= MAX_TOKEN, errors.BAD_TOKEN),
    )
    for valid, kind in checks:
        if not valid:
            raise kind()


def _require_complete(hook: OutgoingWebhook) -> None:
    """Refuses a new webhook that could never fire or call."""
    if any(not word for word in hook.trigger_words or ()):
        raise errors.EMPTY_TRIGGER()
    if not hook.callback_urls:
        raise errors.BAD_CALLBACKS()
    if not all(url.startswith(("http://", "https://")) for url in hook.callback_urls):
        raise errors.BAD_URL()


async def _require_distinct(ctx: Context, hook: OutgoingWebhook, refusal: ErrorKind) -> None:
    """Refuses a webhook by which one post would call the same address twice."""
    words, urls = set(hook.trigger_words or ()), set(hook.callback_urls)
    for other in await store.list_of_team(ctx.db, hook.team_id):
        if other.id == hook.id or other.channel_id != hook.channel_id:
            continue
        if words.intersection(other.trigger_words or ()) and urls.intersection(other.callback_urls):
            raise refusal()


async def _require_place(ctx: Context, hook: OutgoingWebhook, not_public: ErrorKind) -> None:
    """Refuses channels that are not public or not of the team; a webhook without a channel needs trigger words."""
    if not hook.channel_id:
        if not hook.trigger_words:
            raise errors.NO_TRIGGERS()
        await get_team(ctx, hook.team_id)
        return
    channel = await get_channel(ctx, hook.channel_id)
    if channel.type != PUBLIC:
        raise not_public()
    if channel.team_id != hook.team_id:
        raise errors.CHANNEL_ELSEWHERE()


async def create_webhook(ctx: Context, draft: OutgoingWebhookDraft) -> OutgoingWebhook:
    """A new webhook, the caller's unless another creator is given."""
    now = now_ms()
    hook = OutgoingWebhook(
        id=new_id(),
        token=new_id(),
        create_at=now,
        update_at=now,
        delete_at=0,
        creator_id=draft.creator_id or ctx.user_id,
        channel_id=draft.channel_id,
        team_id=draft.team_id,
        trigger_words=draft.trigger_words,
        trigger_when=draft.trigger_when,
        callback_urls=draft.callback_urls,
        display_name=draft.display_name,
        description=draft.description,
        content_type=draft.content_type,
        username=draft.username,
        icon_url=draft.icon_url,
    )
    await _require_place(ctx, hook, errors.NOT_PUBLIC)
    await _require_distinct(ctx, hook, errors.SAME_AS_ANOTHER)
    if draft.id:
        raise errors.HOOK_EXISTS()
    _require_fitting(hook)
    _require_complete(hook)
    await store.insert(ctx.db, hook)
    ctx.invalidate(HOOKS_OF_TEAM, hook.team_id)
    return hook


async def update_webhook(ctx: Context, hook: OutgoingWebhook, draft: OutgoingWebhookDraft) -> OutgoingWebhook:
    """Replaces what may change; creator and team stay, and the token unless another is given."""
    changed = replace(
        hook,
        token=draft.token or hook.token,
        update_at=now_ms(),
        channel_id=draft.channel_id,
        trigger_words=draft.trigger_words,
        trigger_when=draft.trigger_when,
        callback_urls=draft.callback_urls,
        display_name=draft.display_name,
        description=draft.description,
        content_type=draft.content_type,
        username=draft.username,
        icon_url=draft.icon_url,
    )
    await _require_place(ctx, changed, errors.CHANNEL_NOT_PUBLIC)
    await _require_distinct(ctx, changed, errors.BECOMES_SAME)
    _require_fitting(changed)
    await _write(ctx, changed)
    return changed


async def replace_token(ctx: Context, hook: OutgoingWebhook) -> OutgoingWebhook:
    """Gives a webhook a new token."""
    changed = replace(hook, token=new_id(), update_at=now_ms())
    await _write(ctx, changed)
    return changed


async def _write(ctx: Context, hook: OutgoingWebhook) -> None:
    await store.update(ctx.db, hook)
    ctx.invalidate(HOOKS_OF_TEAM, hook.team_id)


async def delete_webhook(ctx: Context, hook: OutgoingWebhook) -> None:
    """Removes a webhook."""
    await store.mark_deleted(ctx.db, hook.id, now_ms())
    ctx.invalidate(HOOKS_OF_TEAM, hook.team_id)


@CHANNEL_DELETED_FOREVER.register
async def remove_with_channel(ctx: Context, news: ChannelDeletedForever) -> None:
    """A channel's webhooks go with it."""
    await store.remove_channel(ctx.db, news.channel.id)
    ctx.invalidate(HOOKS_OF_TEAM, news.channel.team_id)


@TEAM_DELETED_FOREVER.register
async def remove_with_team(ctx: Context, news: TeamDeletedForever) -> None:
    """A team's webhooks go with it."""
    await store.remove_team(ctx.db, news.team.id)
    ctx.invalidate(HOOKS_OF_TEAM, news.team.id)


@CHANNEL_MOVED.register
async def move_with_channel(ctx: Context, news: ChannelMoved) -> None:
    """A channel's webhooks follow it into another team."""
    await store.move_channel(ctx.db, news.channel.id, news.channel.team_id)
    ctx.invalidate(HOOKS_OF_TEAM, news.old_team.id)
    ctx.invalidate(HOOKS_OF_TEAM, news.channel.team_id)
