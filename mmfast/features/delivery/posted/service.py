"""Announces new posts to their channel, and tells the author whom a mention did not reach."""

from typing import Final

import msgspec
from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.delivery.mentions.service import is_from_webhook, mentions_member
from mmfast.features.delivery.posted.events import Posted
from mmfast.features.identity.statuses.service import set_online
from mmfast.features.identity.users.service import get_users
from mmfast.features.identity.users.types import User
from mmfast.features.messages.ephemeral.service import announce as announce_ephemeral
from mmfast.features.messages.ephemeral.service import new_ephemeral_post
from mmfast.features.messages.post_metadata.service import announce
from mmfast.features.messages.posts.service import CREATED, REPEATED
from mmfast.features.messages.posts.types import Draft, Post, PostMetadata
from mmfast.features.messages.threads.service import DISABLED
from mmfast.features.spaces.channel_reading.events import MultipleChannelsViewed
from mmfast.features.spaces.channels.types import DIRECT, PRIVATE, PUBLIC
from mmfast.realtime.event import Announcement

SYSTEM: Final = "System"

NOT_IN_CHANNEL: Final = Text(
    "api.post.check_for_out_of_channel_mentions.message.one",
    "@{username} did not get notified by this mention because they are not in the channel.",
)
NONE_IN_CHANNEL: Final = Text(
    "api.post.check_for_out_of_channel_mentions.message.multiple",
    "@{usernames} and @{last_username} did not get notified by this mention because they are not in the channel.",
)
_TOO_MANY = (
    "@{word} notifications are disabled in channels with more than {users} users."
    " Contact your system administrator for more information."
)
TOO_MANY: Final = {
    word: Text(f"api.post.disabled_{word}", _TOO_MANY.replace("{word}", word)) for word in ("here", "channel", "all")
}


def sender_name(ctx: Context, draft: Draft) -> str:
    """Under which name the post appears in notifications. In a direct channel, nobody goes by another name."""
    if draft.post.is_system:
        return SYSTEM
    overridable = ctx.config.ServiceSettings.EnablePostUsernameOverride and draft.channel.type != DIRECT
    if overridable and is_from_webhook(draft):
        override = draft.props.get("override_username")
        if isinstance(override, str) and override:
            return override
    return f"@{draft.author.username}" if draft.author is not None else ""


@CREATED.register
async def announce_post(ctx: Context, draft: Draft) -> None:
    """Tells the channel of the new post, and its author what concerns only the author."""
    channel, author = draft.channel, draft.author
    await tell_channel(ctx, draft)
    if draft.seen_at:
        viewed = MultipleChannelsViewed(channel_times={channel.id: draft.seen_at})
        ctx.announce(viewed.to(user_id=draft.post.user_id))
    if draft.set_online and author is not None and author.id == ctx.user_id and not draft.post.is_system:
        await set_online(ctx, author.id)
    if author is not None and not draft.post.is_system:
        await _tell_author(ctx, draft, author)


@REPEATED.register
async def tell_channel(ctx: Context, draft: Draft) -> None:
    """Tells the channel of the new post; of one that was asked for again, those workers that have not heard of it."""
    channel, author = draft.channel, draft.author
    name = sender_name(ctx, draft)
    display_name = f"@{author.username}" if channel.type == DIRECT and author is not None else channel.display_name
    metadata = draft.post.metadata
    files = metadata.files if isinstance(metadata, PostMetadata) and metadata.files else []

    followers = await _concerned_followers(ctx, draft)

    def posted(post: Post) -> Announcement:
        event = Posted(
            channel_display_name=display_name,
            channel_name=channel.name,
            channel_type=channel.type,
            post=msgspec.json.encode(post),
            sender_name=name,
            set_online=draft.set_online,
            team_id=channel.team_id,
            image="true" if any(info.mime_type.startswith("image/") for info in files) else UNSET,
            otherFile="true" if files else UNSET,
        )
        told = event.to(channel_id=channel.id).once(post.id if post is draft.post else f"{post.id} bare")
        if draft.mentioned or followers:
            told.with_receivers(mentions=draft.mentioned, followers=followers)
            told.asking_receipt(draft.mentioned | followers)
        return told

    await announce(ctx, draft.post, channel, posted)


async def _concerned_followers(ctx: Context, draft: Draft) -> set[str]:
    """The followers whom a reply notifies: who began the thread, and who is mentioned in its root or in the reply."""
    root = draft.root
    if root is None or ctx.config.ServiceSettings.CollapsedThreads == DISABLED:
        return set()
    followers = draft.followers if is_from_webhook(draft) else draft.followers - {draft.post.user_id}
    return {
        user.id
        for user in await get_users(ctx, sorted(followers))
        if user.id == root.user_id or user.id in draft.named or mentions_member(root, draft.channel, user)
    }


async def _tell_author(ctx: Context, draft: Draft, author: User) -> None:
    if author.is_bot or is_from_webhook(draft) or draft.channel.type not in (PUBLIC, PRIVATE):
        return
    channel_id, root_id = draft.channel.id, draft.post.root_id
    for word in draft.missed:
        limit = ctx.config.TeamSettings.MaxNotificationsPerChannel
        text = TOO_MANY[word].in_locale(author.locale, users=limit)
        announce_ephemeral(ctx, author.id, new_ephemeral_post(channel_id, text, root_id=root_id))
    if draft.team_mates_outside:
        announce_ephemeral(ctx, author.id, _outsiders_notice(draft, author))


def _outsiders_notice(draft: Draft, author: User) -> Post:
    """Says who was mentioned without being in the channel; the clients offer to add them."""
    users = draft.team_mates_outside
    names = [user.username for user in users]
    ids = [user.id for user in users]
    if len(names) == 1:
        text = NOT_IN_CHANNEL.in_locale(author.locale, username=names[0])
    else:
        text = NONE_IN_CHANNEL.in_locale(author.locale, usernames=", @".join(names[:-1]), last_username=names[-1])
    post = new_ephemeral_post(draft.channel.id, text, root_id=draft.post.root_id)
    post.props = msgspec.Raw(
        msgspec.json.encode(
            {
                "add_channel_member": {
                    "post_id": post.id,
                    "usernames": names,
                    "not_in_channel_usernames": names,
                    "user_ids": ids,
                    "not_in_channel_user_ids": ids,
                    "not_in_groups_usernames": [],
                    "not_in_groups_user_ids": [],
                }
            }
        )
    )
    return post
