"""Marks channels unread from a post on: whoever read it too early finds it unread again, with its mentions."""

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.delivery.mentions.service import mentions_member
from mmfast.features.delivery.unread_posts import errors, store
from mmfast.features.delivery.unread_posts.events import PostUnread
from mmfast.features.delivery.unread_posts.types import ChannelUnread
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channels.service import get_channel


async def set_unread(ctx: Context, user_id: str, post: Post) -> ChannelUnread:
    """Sets the user back to before the post, and tells the user's clients."""
    channel = await get_channel(ctx, post.channel_id)
    user = await get_user(ctx, user_id)
    mentions = roots = urgent = 0
    for later, is_urgent in await store.list_from(ctx.db, post, user_id):
        if mentions_member(later, channel, user):
            mentions += 1
            roots += not later.root_id
            urgent += is_urgent
    unread = await store.save_unread(ctx.db, post, user_id, (mentions, roots, urgent), now_ms())
    if unread is None:
        raise errors.NOT_A_MEMBER()
    event = PostUnread(
        msg_count=unread.msg_count,
        msg_count_root=unread.msg_count_root,
        mention_count=mentions,
        mention_count_root=roots,
        urgent_mention_count=urgent,
        last_viewed_at=unread.last_viewed_at,
        post_id=post.id,
    )
    ctx.announce(event.to(user_id=user_id, channel_id=channel.id, team_id=channel.team_id))
    return unread
