"""Finds the post that a message links to, and shows it to who may read it."""

import re
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.features.messages.markdown.service import find_links
from mmfast.features.messages.permalinks.types import Preview
from mmfast.features.messages.posts import store as posts
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channels.guards import may_read_content
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.teams.service import find_team

PREVIEWED: Final = "previewed_post"
"""The prop that holds the id of the post to show."""

_PATH: Final = re.compile(r"/(?:_redirect|[a-z0-9][a-z0-9-]*)/pl/([a-z0-9]{26})/?(?:[?#].*)?$")


def find_linked_id(ctx: Context, message: str) -> str:
    """The id of the post that the first address of the message leads to, "" if that is none of this server's posts.

    None is looked for where the configuration switches previews of linked posts off.
    """
    if not ctx.config.ServiceSettings.EnablePermalinkPreviews:
        return ""
    site = ctx.config.ServiceSettings.SiteURL.rstrip("/")
    if not site or "/pl/" not in message:
        return ""
    for address in find_links(message).bare:
        if not address.startswith(site + "/"):
            return ""
        found = _PATH.match(address[len(site) :])
        return found.group(1) if found else ""
    return ""


async def find_linked_post(ctx: Context, message: str) -> Post | None:
    """The post that the message links to, if the caller may read it."""
    post_id = find_linked_id(ctx, message)
    if not post_id:
        return None
    post = await posts.find_post(ctx.db, post_id)
    if post is None or post.is_system:
        return None
    channel = await find_channel(ctx, post.channel_id)
    return post if channel is not None and await may_read_content(ctx, channel) else None


async def find_previews(ctx: Context, ids: list[str]) -> dict[str, Preview]:
    """The previews of linked posts for the caller, by the id of the linked post."""
    previews = {post_id: Preview(True, None) for post_id in ids}
    for post in await posts.list_by_ids(ctx.db, ids):
        channel = await find_channel(ctx, post.channel_id)
        if channel is None or not await may_read_content(ctx, channel):
            previews[post.id] = Preview(False, None, post.channel_id)
        elif not post.delete_at:
            previews[post.id] = Preview(True, await embed_of(ctx, post, channel), post.channel_id)
    return previews


async def embed_of(ctx: Context, post: Post, channel: Channel) -> dict[str, object]:
    """The preview of a post as it stands in another's metadata. A preview shows no preview of its own."""
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    nested = b'"previewed_post"' in bytes(post.props)
    shown = post.copy(reply_count=0, metadata=msgspec.UNSET if nested else msgspec.Raw(b"{}"))
    return {
        "type": "permalink",
        "data": {
            "post_id": post.id,
            "post": shown,
            "team_name": team.name if team else "",
            "channel_display_name": channel.display_name,
            "channel_type": channel.type,
            "channel_id": channel.id,
        },
    }
