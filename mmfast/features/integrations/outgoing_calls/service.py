"""Calls receivers in the background, so that neither posting nor another receiver waits for a slow one.

A webhook has a few calls under way and a bounded queue; what exceeds it is dropped with a line in the log. Answers are
read up to a limit. What is no JSON with a text or attachments is taken as "nothing to say".
"""

import logging
from typing import Final
from urllib.parse import urlencode

import msgspec
import trio

from mmfast.api.context import App, Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.core.errors import AppError
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.outgoing_calls.types import COMMENT, Answer, Call, Notice
from mmfast.features.integrations.outgoing_webhooks.service import list_team_webhooks
from mmfast.features.integrations.outgoing_webhooks.types import FIRST_WORD_BEGINS, OutgoingWebhook
from mmfast.features.integrations.slack_markup.service import AttachmentError
from mmfast.features.integrations.webhook_posts.service import create_webhook_post
from mmfast.features.integrations.webhook_posts.types import Sender
from mmfast.features.messages.posts.service import CREATED
from mmfast.features.messages.posts.types import Draft
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.channels.types import PUBLIC
from mmfast.features.spaces.teams.service import get_team
from mmfast.platform.outgoing import Limits, OutgoingError

log = logging.getLogger(__name__)

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
USER_AGENT: Final = "Mattermost-Bot/1.1"
"""Receivers know the calls by it."""

MAX_ANSWER_BYTES: Final = 1 << 20
CALLS_AT_ONCE: Final = 64
"""Of a worker, fewer than the connections that the client keeps: other features call out, too."""
CALLS_OF_ONE: Final = 8
"""Of one webhook: a receiver that hangs must not take the places of all others."""
WAITING_OF_ONE: Final = 200
"""Some minutes of a busy channel for a receiver that is slow but alive."""


class _Lane:
    """The calls of one webhook."""

    __slots__ = ("places", "waiting")

    def __init__(self) -> None:
        self.places = trio.Semaphore(CALLS_OF_ONE)
        self.waiting = 0


class _Calls:
    """What a worker has under way."""

    def __init__(self) -> None:
        self.places = trio.Semaphore(CALLS_AT_ONCE)
        self.lanes: dict[str, _Lane] = {}

    @classmethod
    def of(cls, app: App) -> "_Calls":
        """The worker's."""
        calls: _Calls = app.state.setdefault("outgoing_calls", cls())
        return calls


# Which posts ----------------------------------------------------------------------------------------------------------


def find_trigger(hook: OutgoingWebhook, message: str) -> str | None:
    """The trigger word by which the message fires the webhook, "" where it needs none, or None."""
    if not hook.trigger_words:
        return ""
    first = message.split(maxsplit=1)[0] if message.strip() else ""
    for word in hook.trigger_words:
        if first == word or (hook.trigger_when == FIRST_WORD_BEGINS and first.startswith(word)):
            return word
    return None


@CREATED.register
async def call_webhooks(ctx: Context, draft: Draft) -> None:
    """Has the receivers told of a new post. Only what people write in public channels is told."""
    post, channel, author = draft.post, draft.channel, draft.author
    if not ctx.config.ServiceSettings.EnableOutgoingWebhooks or channel.type != PUBLIC:
        return
    if author is None or author.is_bot or post.is_system or draft.webhook:
        return
    hooks = await list_team_webhooks(ctx, channel.team_id)
    fired = [
        (hook, word)
        for hook in hooks
        if hook.channel_id in ("", channel.id) and (word := find_trigger(hook, post.message)) is not None
    ]
    if not fired:
        return
    team = await get_team(ctx, channel.team_id)
    for hook, word in fired:
        notice = Notice(
            token=hook.token,
            team_id=team.id,
            team_domain=team.name,
            channel_id=channel.id,
            channel_name=channel.name,
            timestamp=post.create_at,
            user_id=author.id,
            user_name=author.username,
            post_id=post.id,
            text=post.message,
            trigger_word=word,
            file_ids=",".join(draft.file_ids),
        )
        for url in hook.callback_urls:
            _call_later(ctx, Call(hook, url, notice, post.root_id or post.id))


def _call_later(ctx: Context, call: Call) -> None:
    ctx.after_commit(lambda: _enqueue(ctx.app, call))


def _enqueue(app: App, call: Call) -> None:
    hook_id = call.hook.id
    lane = _Calls.of(app).lanes.setdefault(hook_id, _Lane())
    if lane.waiting >= WAITING_OF_ONE:
        log.warning("outgoing webhook %s: too slow a receiver, post %s is not told", hook_id, call.notice.post_id)
        return
    lane.waiting += 1
    app.spawn(f"outgoing webhook {hook_id}", _make, call, lane)


# Calling --------------------------------------------------------------------------------------------------------------


async def _make(ctx: Context, call: Call, lane: _Lane) -> None:
    calls = _Calls.of(ctx.app)
    try:
        async with lane.places, calls.places:
            answer = await _ask(ctx, call)
    finally:
        lane.waiting -= 1
        if not lane.waiting:
            calls.lanes.pop(call.hook.id, None)
    if answer is not None:
        await _post(ctx, call, answer)


async def _ask(ctx: Context, call: Call) -> Answer | None:
    """What the receiver answers; None if it has nothing to say."""
    as_json = call.hook.content_type == JSON
    body = msgspec.json.encode(call.notice) if as_json else urlencode(msgspec.structs.asdict(call.notice)).encode()
    headers = {"Content-Type": JSON if as_json else FORM, "Accept": JSON, "User-Agent": USER_AGENT}
    limits = Limits(ctx.config.ServiceSettings.OutgoingIntegrationRequestsTimeout, MAX_ANSWER_BYTES)
    try:
        reply = await ctx.app.outgoing.request("POST", call.url, headers=headers, content=body, limits=limits)
    except OutgoingError as error:
        log.warning("outgoing webhook %s: %s", call.hook.id, error)
        return None
    if not reply.body.strip():
        return None
    try:
        said: Answer = read_body(reply.body, Answer)
    except BodyError as error:
        log.info("outgoing webhook %s: the answer is no message: %s", call.hook.id, error)
        return None
    return said


async def _post(ctx: Context, call: Call, answer: Answer) -> None:
    """Posts an answer in the name of the webhook's creator. An empty text is a text, too."""
    if answer.text is None and answer.says_nothing:
        return
    hook = call.hook
    channel = await find_channel(ctx, call.notice.channel_id)
    if channel is None or channel.delete_at:
        return
    sender = Sender(
        await get_user(ctx, hook.creator_id),
        channel,
        hook.display_name,
        hook.username,
        hook.icon_url,
        root_id=call.root_id if answer.response_type == COMMENT else "",
    )
    try:
        await create_webhook_post(ctx, sender, answer)
    except (AppError, AttachmentError) as error:
        log.info("outgoing webhook %s: the answer cannot be posted: %s", hook.id, error)
