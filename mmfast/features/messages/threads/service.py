"""Keeps threads true while posts are made and deleted: numbers, followers, and what followers are told.

Runs inside the transaction that writes the post. Following and reading by hand are elsewhere.
"""

import msgspec
from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.features.identity.preferences.service import find_value
from mmfast.features.identity.users.service import get_users, others_view, profile_json
from mmfast.features.messages.posts.types import Draft, Post
from mmfast.features.messages.threads import store
from mmfast.features.messages.threads.events import ThreadReadChanged, ThreadUpdated
from mmfast.features.messages.threads.types import Thread, ThreadMembership, ThreadView
from mmfast.features.spaces.channel_members.service import list_auto_followers
from mmfast.features.spaces.channel_reading.events import CHANNELS_VIEWED, ChannelsViewed
from mmfast.features.spaces.channels.events import CHANNEL_DELETED_FOREVER, ChannelDeletedForever
from mmfast.realtime.event import Announcement

ALWAYS_ON = "always_on"
DISABLED = "disabled"


async def collapses_threads(ctx: Context, user_id: str) -> bool:
    """Whether the user reads threads collapsed: by the configuration, or by choice where it leaves one."""
    setting = ctx.config.ServiceSettings.CollapsedThreads
    if setting in (ALWAYS_ON, DISABLED):
        return setting == ALWAYS_ON
    chosen = await find_value(ctx, user_id, "display_settings", "collapsed_reply_threads")
    return (chosen or setting.removeprefix("default_")) == "on"


async def add_reply(ctx: Context, draft: Draft) -> list[Announcement]:
    """Counts a new reply for the thread and its followers. Gives what to tell them once they know of the reply."""
    reply, root = draft.post, draft.root
    assert root is not None
    thread, members = await store.add_reply(ctx.db, reply, draft.channel.team_id)
    reply.reply_count = thread.reply_count
    known = {m.user_id: m for m in members}
    before = {user_id: msgspec.structs.replace(m) for user_id, m in known.items()}
    touched: dict[str, ThreadMembership] = {}

    def follow(user_id: str) -> ThreadMembership:
        member = touched.get(user_id) or known.get(user_id)
        if member is None:
            member = ThreadMembership(user_id, True, 0, 0, thread.reply_count)
        touched[user_id] = member
        return member

    if ctx.config.ServiceSettings.ThreadAutoFollow:
        follow(reply.user_id).following = True
        if root.user_id not in known and root.user_id != reply.user_id and not root.is_system:
            follow(root.user_id)
        for user_id in await list_auto_followers(ctx, draft.channel.id):
            if user_id not in known:
                follow(user_id)
        for user_id in _in_reach(draft, known, root):
            member = follow(user_id)
            member.following = True
            member.unread_mentions += 1
    else:
        for user_id in draft.mentioned & known.keys():
            follow(user_id).unread_mentions += 1
    everyone = known | touched
    draft.followers = {u for u, m in everyone.items() if m.following}
    news = await _news(ctx, draft, thread, everyone, before)
    author = touched.get(reply.user_id)
    if author is not None:
        author.last_viewed, author.unread_mentions = reply.create_at, 0
    if touched:
        await store.save_memberships(ctx.db, root.id, list(touched.values()), reply.create_at)
    return news


def _in_reach(draft: Draft, known: dict[str, ThreadMembership], root: Post) -> set[str]:
    """Whom a mention makes a follower: everybody, but of a channel-wide one only those already concerned."""
    return draft.named | (draft.mentioned & (known.keys() | {root.user_id}))


async def _news(
    ctx: Context,
    draft: Draft,
    thread: Thread,
    members: dict[str, ThreadMembership],
    before: dict[str, ThreadMembership],
) -> list[Announcement]:
    reply, root = draft.post, draft.root
    assert root is not None
    told = [m for m in members.values() if m.following and await collapses_threads(ctx, m.user_id)]
    if not told:
        return []
    news = []
    view_of_others = others_view(ctx)
    participants = [profile_json(user, view_of_others) for user in await get_users(ctx, thread.participants)]
    post = msgspec.Raw(msgspec.json.encode(root.copy(reply_count=0, metadata=UNSET)))
    for member in told:
        own = member.user_id == reply.user_id
        earlier = before.get(member.user_id)
        # Counted after the reply was written: what was unread before is one less.
        previous = earlier.unread_replies - 1 if earlier else thread.reply_count - 1
        view = ThreadView(
            id=root.id,
            reply_count=thread.reply_count,
            last_reply_at=thread.last_reply_at,
            last_viewed_at=member.last_viewed,
            participants=participants,
            post=post,
            unread_replies=0 if own else previous + 1,
            unread_mentions=0 if own else member.unread_mentions,
            is_urgent=thread.is_urgent and ctx.config.ServiceSettings.PostPriority,
            delete_at=0,
        )
        event = ThreadUpdated(
            thread=view,
            previous_unread_mentions=earlier.unread_mentions if earlier else 0,
            previous_unread_replies=max(previous, 0),
        )
        news.append(event.to(user_id=member.user_id, team_id=draft.channel.team_id))
    return news


async def remove_post(ctx: Context, post: Post, now: int, *, permanent: bool) -> None:
    """Takes a deleted post out of its thread, or marks the thread that it began."""
    if post.root_id:
        await store.remove_reply(ctx.db, post, now)
    elif permanent:
        await store.remove(ctx.db, post.id)
    elif post.reply_count:
        await store.mark_deleted(ctx.db, post.id, now)


@CHANNELS_VIEWED.register
async def read_with_channels(ctx: Context, news: ChannelsViewed) -> None:
    """A client that knows no collapsed threads shows their replies in the channel: with it they are read."""
    if not news.with_threads or not ctx.config.ServiceSettings.ThreadAutoFollow:
        return
    await store.mark_channels_read(ctx.db, news.user_id, news.channel_ids, news.at)
    for channel_id in news.channel_ids:
        ctx.announce(ThreadReadChanged(timestamp=news.at).to(user_id=news.user_id, channel_id=channel_id))


@CHANNEL_DELETED_FOREVER.register
async def remove_with_channel(ctx: Context, news: ChannelDeletedForever) -> None:
    """The threads of a channel that is deleted for good go with it."""
    await store.remove_channel(ctx.db, news.channel.id)
