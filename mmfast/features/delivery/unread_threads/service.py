"""Moves a user's position in threads, counts the mentions after it anew, and tells the user's clients."""

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.delivery.mentions.service import mentions_member
from mmfast.features.delivery.unread_threads import errors, store
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.followed_threads.service import get_thread, set_following
from mmfast.features.messages.posts.service import get_post
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.threads.events import ThreadReadChanged
from mmfast.features.messages.threads.types import ThreadView
from mmfast.features.spaces.channels.service import get_channel


async def read_thread(ctx: Context, user_id: str, team_id: str, root: Post, time: int) -> ThreadView:
    """Reads a thread up to a time. Gives the thread as it is then."""
    user = await get_user(ctx, user_id)
    channel = await get_channel(ctx, root.channel_id)
    async with ctx.transaction() as tx:
        before = await get_thread(ctx, user_id, root.id)
        replies = await store.list_replies_after(tx, root.id, time, user_id)
        mentions = sum(mentions_member(reply, channel, user) for reply in replies)
        await store.save_position(tx, root.id, user_id, time, mentions, now_ms())
        thread = await get_thread(ctx, user_id, root.id)
        event = ThreadReadChanged(
            thread_id=root.id,
            channel_id=channel.id,
            timestamp=time,
            unread_replies=thread.unread_replies,
            unread_mentions=thread.unread_mentions,
            previous_unread_replies=before.unread_replies,
            previous_unread_mentions=before.unread_mentions,
        )
        ctx.announce(event.to(user_id=user_id, team_id=team_id))
    return thread


async def set_thread_unread(ctx: Context, user_id: str, team_id: str, root: Post, post_id: str) -> ThreadView:
    """Makes the user follow a thread, unread from one of its posts on."""
    await set_following(ctx, user_id, team_id, root.id, True)
    post = await get_post(ctx, post_id)
    if root.id not in (post.id, post.root_id):
        raise errors.OTHER_THREAD()
    return await read_thread(ctx, user_id, team_id, root, post.create_at - 1)


async def read_all_threads(ctx: Context, user_id: str, team_id: str) -> None:
    """Reads all threads that the user follows in a team and in direct messages."""
    await store.mark_all_read(ctx.db, user_id, team_id, now_ms())
    ctx.announce(ThreadReadChanged().to(user_id=user_id, team_id=team_id))
