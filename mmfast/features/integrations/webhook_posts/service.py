"""Makes posts of what programs say through webhooks.

What is too long for one post becomes several: first the text in pieces, then the attachments, as many in a post as fit.
"""

from typing import Any, Final

import msgspec
from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_PARAM
from mmfast.core.emoji_pictures import find_picture
from mmfast.features.integrations.slack_markup.service import read_attachments, to_markdown
from mmfast.features.integrations.webhook_posts import errors
from mmfast.features.integrations.webhook_posts.types import Message, Sender
from mmfast.features.messages.attachments.service import PROP
from mmfast.features.messages.attachments.types import Attachment
from mmfast.features.messages.emoji.service import find_emojis_by_names
from mmfast.features.messages.posts.service import create_post, draft_of
from mmfast.features.messages.posts.types import CUSTOM_PREFIX, MAX_RUNES, SLACK_ATTACHMENT, PostInput
from mmfast.platform.metrics import counter

WEBHOOK_POSTS: Final = counter("mattermost_post_webhooks_total", "Messages that came by webhooks.")

FROM_WEBHOOK: Final = "from_webhook"
USERNAME: Final = "override_username"
ICON_URL: Final = "override_icon_url"
ICON_EMOJI: Final = "override_icon_emoji"
DISPLAY_NAME: Final = "webhook_display_name"
_OURS: Final = (FROM_WEBHOOK, USERNAME, ICON_URL, ICON_EMOJI, DISPLAY_NAME)
"""Props that say who speaks: a message does not set them itself."""

DEFAULT_USERNAME: Final = "webhook"
MAX_ATTACHMENTS_RUNES: Final = 750_000
"""Of one post. It leaves the other props their share of what a post may carry."""


async def create_webhook_post(ctx: Context, sender: Sender, message: Message) -> None:
    """Posts the message."""
    if message.type and not message.type.startswith(CUSTOM_PREFIX):
        raise INVALID_PARAM(name="type")
    if message.priority is not None and message.priority.priority is None:
        raise INVALID_PARAM(name="priority")
    (text,) = await to_markdown(ctx, message.text or "")
    groups = _groups(await read_attachments(ctx, message.attachments or []))
    props = {key: value for key, value in message.props.items() if key not in _OURS}
    props |= await _presentation(ctx, sender, message)
    pieces = [text[at : at + MAX_RUNES] for at in range(0, len(text), MAX_RUNES)] or [""]
    posts: list[tuple[str, list[Attachment]]] = [(piece, []) for piece in pieces]
    if groups:
        posts[-1] = (pieces[-1], groups[0])
        posts += [("", group) for group in groups[1:]]
    for number, (piece, attachments) in enumerate(posts):
        wanted = PostInput(message=piece, type=message.type, props=dict(props), root_id=sender.root_id)
        if attachments:
            wanted.props[PROP] = msgspec.to_builtins(attachments)
        if wanted.props.get(PROP):
            wanted.type = SLACK_ATTACHMENT
        draft = draft_of(wanted, sender.channel, sender.user)
        draft.webhook = True
        draft.priority = message.priority if number == 0 else None
        draft.post.remote_id = UNSET
        await create_post(ctx, draft)
    WEBHOOK_POSTS.inc()


async def _presentation(ctx: Context, sender: Sender, message: Message) -> dict[str, Any]:
    """The props that say who speaks, as far as the configuration lets programs choose that."""
    props: dict[str, Any] = {FROM_WEBHOOK: "true", DISPLAY_NAME: sender.display_name}
    settings = ctx.config.ServiceSettings
    if settings.EnablePostUsernameOverride:
        props[USERNAME] = message.username or sender.username or DEFAULT_USERNAME
    if settings.EnablePostIconOverride:
        if icon_url := message.icon_url or sender.icon_url:
            props[ICON_URL] = icon_url
        if message.icon_emoji:
            props[ICON_EMOJI] = message.icon_emoji
            if picture := await _find_emoji_picture(ctx, message.icon_emoji.strip(":")):
                props[ICON_URL] = picture
    return props


async def _find_emoji_picture(ctx: Context, name: str) -> str | None:
    """Where clients find the picture of an emoji."""
    picture = find_picture(name)
    if picture is not None:
        return f"/static/emoji/{picture}.png"
    emoji = (await find_emojis_by_names(ctx, [name])).get(name) if name else None
    return f"/api/v4/emoji/{emoji.id}/image" if emoji is not None else None


def _groups(attachments: list[Attachment]) -> list[list[Attachment]]:
    """The attachments by the posts that carry them."""
    groups: list[list[Attachment]] = []
    room = 0
    for attachment in attachments:
        size = len(msgspec.json.encode(attachment).decode()) + 1
        if size > MAX_ATTACHMENTS_RUNES:
            raise errors.ATTACHMENT_TOO_LONG()
        if size > room:
            groups.append([])
            room = MAX_ATTACHMENTS_RUNES
        groups[-1].append(attachment)
        room -= size
    return groups
