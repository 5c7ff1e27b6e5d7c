"""Shows a post to one user. Nothing is written: the post lives as long as the reader's client keeps it."""

from typing import Any

import msgspec
from msgspec import UNSET, Raw

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.messages.attachments import service as attachments
from mmfast.features.messages.ephemeral.events import EphemeralMessage
from mmfast.features.messages.permalinks.service import embed_of
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts.service import encode_props
from mmfast.features.messages.posts.types import EPHEMERAL, NO_METADATA, NO_PROPS, NULL, Post, PostMetadata
from mmfast.features.spaces.channels.types import Channel


def new_ephemeral_post(
    channel_id: str, message: str, *, author_id: str = "", root_id: str = "", props: dict[str, Any] | None = None
) -> Post:
    """A post for one user, not sent yet."""
    return Post(
        id=new_id(),
        create_at=now_ms(),
        update_at=0,
        edit_at=0,
        delete_at=0,
        is_pinned=False,
        user_id=author_id,
        channel_id=channel_id,
        root_id=root_id,
        original_id="",
        message=message,
        type=EPHEMERAL,
        props=encode_props(props) if props else NO_PROPS,
        hashtags="",
        file_ids=NULL,
        remote_id=UNSET,
        has_reactions=UNSET,
        metadata=NO_METADATA,
    )


async def send_ephemeral_post(ctx: Context, user_id: str, post: Post) -> Post:
    """Shows the post to the user. Gives it back as it looks."""
    props = post.read_props()
    if attachments.PROP in props:
        attachments.normalise(props)
        fields = {"post_id": post.id, "root_post_id": post.root_id, "channel_id": post.channel_id, "user_id": user_id}
        sealed = attachments.with_cookies(props, fields, await attachments.get_secret(ctx))
        post.props = Raw(msgspec.json.encode(sealed))
    await prepare(ctx, [post])
    announce(ctx, user_id, post)
    return post


def as_answered(post: Post) -> Post:
    """The post as its sender is answered with it: clients of the reference know its embeds named twice there."""
    metadata = post.metadata
    if not isinstance(metadata, PostMetadata) or not metadata.embeds:
        return post
    return post.copy(metadata=msgspec.structs.replace(metadata, embeds=metadata.embeds * 2))


def announce(ctx: Context, user_id: str, post: Post) -> None:
    """Tells the user's clients of the post."""
    ctx.announce(EphemeralMessage(post=post).to(user_id=user_id, channel_id=post.channel_id))


async def show_preview(ctx: Context, post: Post, linked: Post, channel: Channel) -> None:
    """Lets an ephemeral post show another one."""
    post.metadata = PostMetadata(embeds=[await embed_of(ctx, linked, channel)])
