"""Lists the threads that a user follows, and changes which these are."""

import msgspec
from msgspec import UNSET, Raw

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.messages.followed_threads import errors, store
from mmfast.features.messages.followed_threads.events import ThreadFollowChanged
from mmfast.features.messages.followed_threads.types import (
    FollowedThread,
    ListQuery,
    Selection,
    ThreadList,
    ThreadTotals,
)
from mmfast.features.messages.post_lists.service import nameless, participants_in_full
from mmfast.features.messages.threads.types import ThreadView
from mmfast.features.spaces.channel_members.service import AUTO_FOLLOWERS
from mmfast.features.spaces.channels.events import MEMBER_REMOVED, MemberRemoved


async def list_threads(ctx: Context, selection: Selection, query: ListQuery) -> ThreadList:
    """The page of the user's threads with the totals, or one of both."""
    totals = ThreadTotals() if query.threadsOnly else await store.get_totals(ctx.db, selection)
    if not ctx.config.ServiceSettings.PostPriority:
        totals.total_unread_urgent_mentions = 0
    found = ThreadList(
        totals.total, totals.total_unread_threads, totals.total_unread_mentions, totals.total_unread_urgent_mentions
    )
    if not query.totalsOnly:
        found.threads = await views_of(ctx, await store.list_followed(ctx.db, selection), extended=query.extended)
    return found


async def get_thread(ctx: Context, user_id: str, thread_id: str, *, extended: bool = False) -> ThreadView:
    """A thread as its follower sees it."""
    thread = await store.find_followed(ctx.db, user_id, thread_id)
    if thread is None:
        if await store.find_following(ctx.db, user_id, thread_id) is None:
            raise errors.NEVER_FOLLOWED()
        raise errors.NOT_FOLLOWED()
    return (await views_of(ctx, [thread], extended=extended))[0]


async def views_of(ctx: Context, threads: list[FollowedThread], *, extended: bool) -> list[ThreadView]:
    """The threads as clients see them; those who replied are told by their ids only, or in full."""
    shown: dict[str, Raw] = {}
    if extended:
        shown = await participants_in_full(ctx, {user_id for thread in threads for user_id in thread.participants})
    urgency = ctx.config.ServiceSettings.PostPriority
    return [
        ThreadView(
            id=thread.root.id,
            reply_count=thread.reply_count,
            last_reply_at=thread.last_reply_at,
            last_viewed_at=thread.last_viewed_at,
            participants=[shown.get(i) or {**nameless(i), "auth_data": ""} for i in thread.participants],
            post=Raw(msgspec.json.encode(thread.root.copy(metadata=UNSET))),
            unread_replies=thread.unread_replies,
            unread_mentions=thread.unread_mentions,
            is_urgent=urgency and thread.is_urgent,
            delete_at=thread.delete_at,
        )
        for thread in threads
    ]


async def set_following(ctx: Context, user_id: str, team_id: str, thread_id: str, following: bool) -> None:
    """Makes the user follow a thread or not, and tells the user's clients."""
    replies = await store.set_following(ctx.db, user_id, thread_id, following, now_ms())
    event = ThreadFollowChanged(thread_id=thread_id, state=following, reply_count=replies)
    ctx.announce(event.to(user_id=user_id, team_id=team_id))


@MEMBER_REMOVED.register
async def forget_channel(ctx: Context, news: MemberRemoved) -> None:
    """Who leaves a channel follows nothing there."""
    await store.forget_channel(ctx.db, news.user.id, news.channel.id)
    ctx.invalidate(AUTO_FOLLOWERS, news.channel.id)
