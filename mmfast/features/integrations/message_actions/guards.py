"""Who may press a button: whoever may read the message. Those of messages that are not stored carry a proof."""

from typing import Any

import msgspec

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_json
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import may
from mmfast.features.integrations.integration_calls.errors import NOT_ANSWERED
from mmfast.features.integrations.message_actions.types import Cookie
from mmfast.features.messages.attachments.service import get_secret, unseal
from mmfast.features.messages.posts.errors import POST_NOT_FOUND
from mmfast.features.messages.posts.guards import may_read_post
from mmfast.features.messages.posts.service import find_post
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channels.guards import may_read_content
from mmfast.features.spaces.channels.service import find_channel


def read_choice(body: bytes, field: str) -> str:
    """A text in the body; the body may be missing, and what is no text does not count."""
    try:
        given: Any = read_json(body)
    except BodyError:
        return ""
    value = given.get(field) if isinstance(given, dict) else None
    return value if isinstance(value, str) else ""


async def may_press(ctx: Context, post_id: str, body: bytes) -> Post | Cookie:
    """Whoever may read the message. Gives the stored post, or what the action of another one carries."""
    sealed = read_choice(body, "cookie")
    cookie = await _open(ctx, post_id, sealed) if sealed else None
    post = await find_post(ctx, post_id)
    if post is not None:
        if not await may_read_post(ctx, post):
            raise PERMISSION(detail="needs read_channel_content for the post")
        return post
    if cookie is None:
        raise POST_NOT_FOUND() if await may(ctx, "read_channel_content") else PERMISSION(detail="no such post")
    channel = await find_channel(ctx, cookie.channel_id)
    if channel is None or not await may_read_content(ctx, channel):
        raise PERMISSION(detail="needs read_channel_content in the channel")
    return cookie


async def _open(ctx: Context, post_id: str, sealed: str) -> Cookie:
    content = unseal(sealed, await get_secret(ctx))
    if content is None:
        raise NOT_ANSWERED(detail="the cookie is not one of this server's")
    cookie = msgspec.json.decode(content, type=Cookie)
    if cookie.post_id != post_id:
        raise NOT_ANSWERED(detail="the cookie belongs to another post")
    return cookie
