"""Writes a post in a channel for each change that its members should read about.

The spaces domain runs its hooks inside the transaction of the change, so that the change and the post about it are
there together.
"""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.identity.system_bot.service import get_system_bot
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.service import create_post, new_post
from mmfast.features.messages.posts.types import Draft, Post
from mmfast.features.messages.system_posts.types import Notice
from mmfast.features.spaces.channels.events import (
    CHANNEL_ARCHIVED,
    CHANNEL_MOVED,
    CHANNEL_RESTORED,
    CHANNEL_UPDATED,
    GROUP_CONVERTED,
    MEMBER_ADDED,
    MEMBER_REMOVED,
    PRIVACY_CHANGED,
    ChannelArchived,
    ChannelChanged,
    ChannelMoved,
    GroupConverted,
    MemberAdded,
    MemberRemoved,
)
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL, PRIVATE, Channel

JOINED: Final = Text("api.channel.join_channel.post_and_forget", "{username} joined the channel.")
GUEST_JOINED: Final = Text(
    "api.channel.guest_join_channel.post_and_forget", "{username} joined the channel as a guest."
)
ADDED: Final = Text("api.channel.add_member.added", "{added} added to the channel by {username}.")
GUEST_ADDED: Final = Text("api.channel.add_guest.added", "{added} added to the channel as a guest by {username}.")
LEFT: Final = Text("api.channel.leave.left", "@{username} left the channel.")
REMOVED: Final = Text("api.channel.remove_member.removed", "@{username} removed from the channel.")
JOINED_TEAM: Final = Text("api.team.join_team.post_and_forget", "{username} joined the team.")
LEFT_TEAM: Final = Text("api.team.leave.left", "{username} left the team.")
REMOVED_FROM_TEAM: Final = Text("api.team.remove_user_from_team.removed", "{username} removed from the team.")

_HEADER = "api.channel.post_update_channel_header_message_and_forget."
HEADER_SET: Final = Text(_HEADER + "updated_to", "{username} updated the channel header to: {new}")
HEADER_CHANGED: Final = Text(_HEADER + "updated_from", "{username} updated the channel header from: {old} to: {new}")
HEADER_REMOVED: Final = Text(_HEADER + "removed", "{username} removed the channel header (was: {old})")
_PURPOSE = "app.channel.post_update_channel_purpose_message."
PURPOSE_SET: Final = Text(_PURPOSE + "updated_to", "{username} updated the channel purpose to: {new}")
PURPOSE_CHANGED: Final = Text(_PURPOSE + "updated_from", "{username} updated the channel purpose from: {old} to: {new}")
PURPOSE_REMOVED: Final = Text(_PURPOSE + "removed", "{username} removed the channel purpose (was: {old})")
RENAMED: Final = Text(
    "api.channel.post_update_channel_displayname_message_and_forget.updated_from",
    "{username} updated the channel display name from: {old} to: {new}",
)
MADE_PRIVATE: Final = Text(
    "api.channel.change_channel_privacy.public_to_private", "This channel has been converted to a Private Channel."
)
MADE_PUBLIC: Final = Text(
    "api.channel.change_channel_privacy.private_to_public",
    "This channel has been converted to a Public Channel and can be joined by any team member.",
)
ARCHIVED: Final = Text("api.channel.delete_channel.archived", "{username} archived the channel.")
RESTORED: Final = Text("api.channel.restore_channel.unarchived", "{username} unarchived the channel.")
MOVED: Final = Text("api.team.move_channel.success", "This channel has been moved to this team from {team}.")
CONVERTED: Final = Text(
    "api.channel.group_message.converted.to_private_channel",
    "{username} created this channel from a group message with {members}.",
)


async def create_system_post(ctx: Context, channel: Channel, author: User, notice: Notice) -> Post:
    """Writes a post of the server in the name of the user who caused it."""
    post = new_post(author, channel, notice.message, type=notice.type, root_id=notice.root_id)
    return await create_post(ctx, Draft(post, notice.props, channel, author, set_online=notice.set_online))


async def _get_author(ctx: Context, actor_id: str) -> User:
    """Who did it; the system's bot for what was done over the local socket, by nobody's account."""
    return await get_user(ctx, actor_id) if actor_id else await get_system_bot(ctx, "")


def _locale(ctx: Context) -> str:
    """What everybody is to read is written in the server's language."""
    return ctx.config.LocalizationSettings.DefaultServerLocale


@MEMBER_ADDED.register
async def tell_of_new_member(ctx: Context, news: MemberAdded) -> None:
    """Somebody joined the channel or its team, or was added by another."""
    channel, user, locale = news.channel, news.user, _locale(ctx)
    if channel.is_direct_or_group:
        return
    if news.by_team:
        await _tell_of_new_team_mate(ctx, channel, user)
        return
    if news.actor_id in ("", user.id):
        text = (GUEST_JOINED if user.is_guest else JOINED).in_locale(locale, username=user.username)
        type = "system_guest_join_channel" if user.is_guest else "system_join_channel"
        await create_system_post(ctx, channel, user, Notice(type, text, {"username": user.username}))
        return
    actor = await _get_author(ctx, news.actor_id)
    text = (GUEST_ADDED if user.is_guest else ADDED).in_locale(locale, added=user.username, username=actor.username)
    props = {
        "userId": actor.id,
        "username": actor.username,
        "addedUserId": user.id,
        "addedUsername": user.username,
    }
    type = "system_add_guest_to_chan" if user.is_guest else "system_add_to_channel"
    await create_system_post(ctx, channel, actor, Notice(type, text, props, root_id=news.root_id))


async def _tell_of_new_team_mate(ctx: Context, channel: Channel, user: User) -> None:
    if not ctx.config.ServiceSettings.ExperimentalEnableDefaultChannelLeaveJoinMessages:
        return
    default = channel.name == DEFAULT_CHANNEL
    text = (JOINED_TEAM if default else JOINED).in_locale(_locale(ctx), username=user.username)
    type = "system_join_team" if default else "system_join_channel"
    await create_system_post(ctx, channel, user, Notice(type, text, {"username": user.username}))


@MEMBER_REMOVED.register
async def tell_of_lost_member(ctx: Context, news: MemberRemoved) -> None:
    """Somebody left the channel or its team, or was removed by another."""
    channel, user, locale = news.channel, news.user, _locale(ctx)
    if channel.is_direct_or_group:
        return
    left = news.actor_id in ("", user.id)
    if news.by_team:
        settings = ctx.config.ServiceSettings
        if channel.name == DEFAULT_CHANNEL and settings.ExperimentalEnableDefaultChannelLeaveJoinMessages:
            text = (LEFT_TEAM if left else REMOVED_FROM_TEAM).in_locale(locale, username=user.username)
            type = "system_leave_team" if left else "system_remove_from_team"
            await create_system_post(ctx, channel, user, Notice(type, text, {"username": user.username}))
    elif left:
        text = LEFT.in_locale(locale, username=user.username)
        await create_system_post(ctx, channel, user, Notice("system_leave_channel", text, {"username": user.username}))
    else:
        text = REMOVED.in_locale(locale, username=user.username)
        props = {"removedUserId": user.id, "removedUsername": user.username}
        actor = await _get_author(ctx, news.actor_id)
        await create_system_post(ctx, channel, actor, Notice("system_remove_from_channel", text, props))


@CHANNEL_UPDATED.register
async def tell_of_changes(ctx: Context, news: ChannelChanged) -> None:
    """The header, the purpose or the display name has changed."""
    actor = await _get_author(ctx, news.actor_id)
    old, new, locale = news.old, news.new, _locale(ctx)
    changes = (
        ("displayname", old.display_name, new.display_name, (RENAMED, RENAMED, RENAMED)),
        ("header", old.header, new.header, (HEADER_SET, HEADER_CHANGED, HEADER_REMOVED)),
        ("purpose", old.purpose, new.purpose, (PURPOSE_SET, PURPOSE_CHANGED, PURPOSE_REMOVED)),
    )
    for name, before, after, (was_set, was_changed, was_removed) in changes:
        if before == after:
            continue
        text = was_set if not before else was_removed if not after else was_changed
        message = text.in_locale(locale, username=actor.username, old=before, new=after)
        props = {"username": actor.username, f"old_{name}": before, f"new_{name}": after}
        await create_system_post(ctx, new, actor, Notice(f"system_{name}_change", message, props))


@PRIVACY_CHANGED.register
async def tell_of_privacy(ctx: Context, news: ChannelChanged) -> None:
    """The channel has become private or public."""
    actor = await _get_author(ctx, news.actor_id)
    text = (MADE_PRIVATE if news.new.type == PRIVATE else MADE_PUBLIC).in_locale(_locale(ctx))
    props = {"username": actor.username}
    await create_system_post(ctx, news.new, actor, Notice("system_change_chan_privacy", text, props))


@CHANNEL_ARCHIVED.register
async def tell_of_archiving(ctx: Context, news: ChannelArchived) -> None:
    """The channel is archived."""
    actor = await _get_author(ctx, news.actor_id)
    text = ARCHIVED.in_locale(_locale(ctx), username=actor.username)
    await create_system_post(
        ctx, news.channel, actor, Notice("system_channel_deleted", text, {"username": actor.username})
    )


@CHANNEL_RESTORED.register
async def tell_of_restoring(ctx: Context, news: ChannelArchived) -> None:
    """The channel is back from the archive."""
    actor = await _get_author(ctx, news.actor_id)
    text = RESTORED.in_locale(_locale(ctx), username=actor.username)
    await create_system_post(
        ctx, news.channel, actor, Notice("system_channel_restored", text, {"username": actor.username})
    )


@CHANNEL_MOVED.register
async def tell_of_move(ctx: Context, news: ChannelMoved) -> None:
    """The channel has come from another team."""
    actor = await _get_author(ctx, news.actor_id)
    text = MOVED.in_locale(_locale(ctx), team=news.old_team.name)
    await create_system_post(
        ctx, news.channel, actor, Notice("system_move_channel", text, {"username": actor.username})
    )


@GROUP_CONVERTED.register
async def tell_of_conversion(ctx: Context, news: GroupConverted) -> None:
    """The channel was a group message."""
    actor = await _get_author(ctx, news.actor_id)
    former = sorted(news.members, key=lambda user: user.username)
    names = [user.username for user in former]
    members = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    text = CONVERTED.in_locale(_locale(ctx), username=actor.username, members=members)
    props = {"convertedByUserId": actor.id, "gmMembersDuringConversionIDs": [user.id for user in former]}
    await create_system_post(ctx, news.channel, actor, Notice("system_gm_to_channel", text, props))
