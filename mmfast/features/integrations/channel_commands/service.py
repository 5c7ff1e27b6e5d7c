"""/header, /purpose, /rename, /invite, /remove and /kick, /join and /open, /leave, /mute and /invite_people."""

import re
from typing import Any, Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.errors import AppError
from mmfast.core.text import Text
from mmfast.features.identity.preferences.service import save_preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.identity.users.service import find_user_by_username
from mmfast.features.identity.users.types import User
from mmfast.features.integrations.builtin_commands.service import builtin, to_caller
from mmfast.features.integrations.builtin_commands.types import (
    EPHEMERAL,
    Argument,
    CommandAnswer,
    CommandCall,
    Completion,
)
from mmfast.features.spaces.channel_members import service as members
from mmfast.features.spaces.channels.guards import may_in_this_channel, may_patch_channel, may_read_channel
from mmfast.features.spaces.channels.service import get_channel, patch_channel
from mmfast.features.spaces.channels.store import find_channel_by_name
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL, DIRECT, PUBLIC, Channel, ChannelPatch
from mmfast.features.spaces.invitations.service import invite as invite_by_mail
from mmfast.features.spaces.invitations.types import InviteRequest
from mmfast.features.spaces.teams.guards import may_in_team
from mmfast.features.spaces.teams.service import get_team
from mmfast.features.spaces.teams.service import is_member as is_team_member

MAX_HEADER: Final = 1_024
MAX_PURPOSE: Final = 250
MAX_NAME: Final = 64

_NOT_PERMITTED: Final = "You may not change this channel."
_FAILED: Final = "The channel could not be changed."
NO_HEADER: Final = Text("api.command_channel_header.message.app_error", "Write the new header after /header.")
HEADER_TOO_LONG: Final = Text(
    "api.command_channel_header.update_channel.max_length", "A header has at most {max} characters."
)
HEADER_NOT_PERMITTED: Final = Text("api.command_channel_header.permission.app_error", _NOT_PERMITTED)
HEADER_FAILED: Final = Text("api.command_channel_header.update_channel.app_error", _FAILED)
NO_PURPOSE: Final = Text("api.command_channel_purpose.message.app_error", "Write the new purpose after /purpose.")
PURPOSE_TOO_LONG: Final = Text(
    "api.command_channel_purpose.update_channel.max_length", "A purpose has at most {max} characters."
)
PURPOSE_NOT_PERMITTED: Final = Text("api.command_channel_purpose.permission.app_error", _NOT_PERMITTED)
PURPOSE_FAILED: Final = Text("api.command_channel_purpose.update_channel.app_error", _FAILED)
NO_PURPOSE_OF_DIRECT: Final = Text(
    "api.command_channel_purpose.direct_group.app_error", "Direct and group channels have no purpose."
)
NO_NAME: Final = Text("api.command_channel_rename.message.app_error", "Write the new name after /rename.")
NAME_TOO_LONG: Final = Text("api.command_channel_rename.too_long.app_error", "A name has at most {max} characters.")
RENAME_NOT_PERMITTED: Final = Text("api.command_channel_rename.permission.app_error", _NOT_PERMITTED)
RENAME_FAILED: Final = Text("api.command_channel_rename.update_channel.app_error", _FAILED)
NO_NAME_OF_DIRECT: Final = Text(
    "api.command_channel_rename.direct_group.app_error", "Direct and group channels cannot be renamed."
)

NOBODY_INVITED: Final = Text("api.command_invite.missing_message.app_error", "Name a user, and maybe channels.")
INVITED_UNKNOWN: Final = Text("api.command_invite.missing_user.app_error", "There is no user {username}.")
INVITED_CHANNEL_UNKNOWN: Final = Text("api.command_invite.channel.error", "There is no channel {channel} to join.")
INVITED_ALREADY: Final = Text(
    "api.command_invite.user_already_in_channel.app_error", "@{username} is in the channel already."
)
INVITED_OUTSIDE: Final = Text(
    "api.command_invite.user_not_in_team.app_error", "@{username} has to be in the team **{team}** first."
)
INVITE_NOT_PERMITTED: Final = Text(
    "api.command_invite.permission.app_error", "You may not add {username} to {channel}."
)
INVITE_TO_DIRECT: Final = Text("api.command_invite.directchannel.app_error", "Nobody can be added to this channel.")
INVITE_FAILED: Final = Text("api.command_invite.fail.app_error", "{username} could not be added.")
INVITED: Final = Text("api.command_invite.success", "{username} was added to {channel}.")

NOBODY_REMOVED: Final = Text("api.command_remove.message.app_error", "Name the user to remove.")
REMOVED_UNKNOWN: Final = Text("api.command_remove.missing.app_error", "There is no such user.")
REMOVED_ELSEWHERE: Final = Text("api.command_remove.user_not_in_channel", "{username} is not in this channel.")
REMOVE_NOT_PERMITTED: Final = Text("api.command_remove.permission.app_error", "You may not remove members here.")
REMOVE_FROM_DIRECT: Final = Text("api.command_remove.direct_group.app_error", "Nobody can be removed from here.")
REMOVE_BY_GROUPS: Final = Text(
    "api.command_remove.group_constrained_user_denied", "Members of this channel come and go with its groups."
)
REMOVE_FAILED: Final = Text("api.command_channel_remove.channel.app_error", "{username} could not be removed.")

JOIN_UNKNOWN: Final = Text("api.command_join.list.app_error", "There is no such channel to join.")
JOIN_FAILED: Final = Text("api.command_join.fail.app_error", "The channel could not be joined.")
LEAVE_DEFAULT: Final = Text("api.channel.leave.default.app_error", "Nobody can leave the channel {channel}.")
LEAVE_FAILED: Final = Text("api.command_leave.fail.app_error", "The channel could not be left.")
MUTE_UNKNOWN: Final = Text("api.command_mute.no_channel.error", "There is no such channel to mute.")
MUTE_ELSEWHERE: Final = Text("api.command_mute.error", "You are not in the channel {channel}.")
MUTED: Final = Text("api.command_mute.success_mute", "{channel} is muted: you are notified of nothing there.")
UNMUTED: Final = Text("api.command_mute.success_unmute", "{channel} is muted no more.")
MUTED_DIRECT: Final = Text("api.command_mute.success_mute_direct_msg", "This channel is muted.")
UNMUTED_DIRECT: Final = Text("api.command_mute.success_unmute_direct_msg", "This channel is muted no more.")

MAIL_OFF: Final = Text("api.command.invite_people.email_off", "This server sends no mail, so nobody was invited.")
INVITATIONS_OFF: Final = Text("api.command.invite_people.invite_off", "Invitations by mail are switched off.")
MAIL_NOT_PERMITTED: Final = Text("api.command_invite_people.permission.app_error", "You may not invite people.")
NO_ADDRESS: Final = Text("api.command.invite_people.no_email", "Give the mail addresses of those to invite.")
MAIL_FAILED: Final = Text("api.command.invite_people.fail", "The invitations could not be sent.")
MAIL_SENT: Final = Text("api.command.invite_people.sent", "The invitations are on their way.")

_MANAGE_MEMBERS: Final = {True: "manage_public_channel_members", False: "manage_private_channel_members"}


# Properties -----------------------------------------------------------------------------------------------------------


async def _change(ctx: Context, call: CommandCall, patch: ChannelPatch, refused: Text, failed: Text) -> CommandAnswer:
    try:
        channel = await may_patch_channel(ctx, call.channel.id, patch)
    except AppError:
        return to_caller(call, refused)
    try:
        await patch_channel(ctx, channel, patch)
    except AppError:
        return to_caller(call, failed)
    return CommandAnswer()


@builtin("header", description=Text("api.command_channel_header.desc", "Change the channel's header"), hint="[text]")
async def set_header(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Changes the header."""
    if not call.text:
        return to_caller(call, NO_HEADER)
    if len(call.text) > MAX_HEADER:
        return to_caller(call, HEADER_TOO_LONG, max=MAX_HEADER)
    return await _change(ctx, call, ChannelPatch(header=call.text), HEADER_NOT_PERMITTED, HEADER_FAILED)


@builtin("purpose", description=Text("api.command_channel_purpose.desc", "Change the channel's purpose"), hint="[text]")
async def set_purpose(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Changes the purpose."""
    if call.channel.is_direct_or_group:
        return to_caller(call, NO_PURPOSE_OF_DIRECT)
    if not call.text:
        return to_caller(call, NO_PURPOSE)
    if len(call.text) > MAX_PURPOSE:
        return to_caller(call, PURPOSE_TOO_LONG, max=MAX_PURPOSE)
    return await _change(ctx, call, ChannelPatch(purpose=call.text), PURPOSE_NOT_PERMITTED, PURPOSE_FAILED)


_RENAME: Final = Text("api.command_channel_rename.desc", "Change the channel's name as it is shown")


@builtin(
    "rename",
    description=_RENAME,
    hint="[text]",
    completion=Completion(
        "rename",
        "[text]",
        _RENAME.english,
        Arguments=[Argument("", "[text]", "TextInput", True, {"Hint": "[text]", "Pattern": ""})],
    ),
)
async def rename(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Changes the displayed name."""
    if call.channel.is_direct_or_group:
        return to_caller(call, NO_NAME_OF_DIRECT)
    if not call.text.strip():
        return to_caller(call, NO_NAME)
    if len(call.text) > MAX_NAME:
        return to_caller(call, NAME_TOO_LONG, max=MAX_NAME)
    return await _change(ctx, call, ChannelPatch(display_name=call.text), RENAME_NOT_PERMITTED, RENAME_FAILED)


# Members --------------------------------------------------------------------------------------------------------------


async def _find_user(ctx: Context, name: str) -> User | None:
    user = await find_user_by_username(ctx, name.removeprefix("@").lower())
    return None if user is None or user.delete_at else user


async def _find_channel(ctx: Context, call: CommandCall, name: str) -> Channel | None:
    """The team's channel of this name, if the caller may know of it."""
    channel = await find_channel_by_name(ctx.db, call.team_id, name.removeprefix("~").lower(), False)
    return channel if channel is not None and await may_read_channel(ctx, channel) else None


@builtin(
    "invite",
    description=Text("api.command_invite.desc", "Add somebody to a channel"),
    hint="@[username]... ~[channel]...",
)
async def invite(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Adds users to the channel, or to the channels that are named."""
    words = call.text.split()
    names = list(dict.fromkeys(word for word in words if not word.startswith("~")))
    wanted = list(dict.fromkeys(word for word in words if word.startswith("~")))
    if not names:
        return to_caller(call, NOBODY_INVITED)
    told: list[str] = []
    channels = [] if wanted else [call.channel]
    for word in wanted:
        found = await _find_channel(ctx, call, word)
        if found is None:
            told.append(INVITED_CHANNEL_UNKNOWN.in_locale(call.user.locale, channel=word[1:]))
        else:
            channels.append(found)
    for name in names:
        user = await _find_user(ctx, name)
        if user is None:
            told.append(INVITED_UNKNOWN.in_locale(call.user.locale, username=name.removeprefix("@")))
            continue
        told += [text for channel in channels if (text := await _add(ctx, call, channel, user))]
    return CommandAnswer(response_type=EPHEMERAL, text="\n".join(told))


async def _add(ctx: Context, call: CommandCall, channel: Channel, user: User) -> str:
    """Adds the user, and says what the caller is to know: nothing of a success that the channel shows anyhow."""
    locale, names = call.user.locale, {"username": user.username, "channel": channel.name}
    if channel.is_direct_or_group:
        return INVITE_TO_DIRECT.in_locale(locale)
    if not await may_in_this_channel(ctx, channel, _MANAGE_MEMBERS[channel.type == PUBLIC]):
        return INVITE_NOT_PERMITTED.in_locale(locale, **names)
    if await members.is_member(ctx, channel.id, user.id):
        return INVITED_ALREADY.in_locale(locale, **names)
    if not await is_team_member(ctx, channel.team_id, user.id):
        team = await get_team(ctx, channel.team_id)
        return INVITED_OUTSIDE.in_locale(locale, username=user.username, team=team.display_name)
    try:
        await members.admit(ctx, channel, user.id)
    except AppError:
        return INVITE_FAILED.in_locale(locale, **names)
    return "" if channel.id == call.channel.id else INVITED.in_locale(locale, **names)


@builtin(
    "remove",
    "kick",
    description=Text("api.command_remove.desc", "Remove somebody from the channel"),
    hint="@[username]",
)
async def remove(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Removes a member."""
    channel = call.channel
    if channel.is_direct_or_group:
        return to_caller(call, REMOVE_FROM_DIRECT)
    if not await may_in_this_channel(ctx, channel, _MANAGE_MEMBERS[channel.type == PUBLIC]):
        return to_caller(call, REMOVE_NOT_PERMITTED)
    words = call.text.split()
    if not words:
        return to_caller(call, NOBODY_REMOVED)
    user = await _find_user(ctx, words[0])
    if user is None:
        return to_caller(call, REMOVED_UNKNOWN)
    if channel.group_constrained:
        return to_caller(call, REMOVE_BY_GROUPS)
    if not await members.is_member(ctx, channel.id, user.id):
        return to_caller(call, REMOVED_ELSEWHERE, username=user.username)
    try:
        await members.remove_member(ctx, channel, user, actor_id=call.user.id)
    except AppError:
        return to_caller(call, REMOVE_FAILED, username=user.username)
    return CommandAnswer()


# Coming and going -----------------------------------------------------------------------------------------------------


async def _way_to(ctx: Context, call: CommandCall, name: str) -> str:
    team = await get_team(ctx, call.team_id)
    return f"{ctx.config.ServiceSettings.SiteURL}/{team.name}/channels/{name}"


@builtin("join", "open", description=Text("api.command_join.desc", "Join a public channel"), hint="~[channel]")
async def join(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Joins a channel and goes there."""
    name = call.text.strip()
    channel = await _find_channel(ctx, call, name) if name else None
    if channel is None:
        return to_caller(call, JOIN_UNKNOWN)
    if not await members.is_member(ctx, channel.id, call.user.id):
        if channel.type != PUBLIC or not await may_in_team(ctx, channel.team_id, "join_public_channels"):
            return to_caller(call, JOIN_FAILED)
        try:
            await members.admit(ctx, channel, call.user.id)
        except AppError:
            return to_caller(call, JOIN_FAILED)
    return CommandAnswer(goto_location=await _way_to(ctx, call, channel.name))


@builtin("leave", description=Text("api.command_leave.desc", "Leave the channel"))
async def leave(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Leaves the channel and goes to the default one; a direct or group channel is only taken out of sight."""
    channel, user = call.channel, call.user
    if channel.is_direct_or_group:
        await _hide(ctx, channel, user)
    elif channel.name == DEFAULT_CHANNEL and not user.is_guest:
        return to_caller(call, LEAVE_DEFAULT, channel=channel.name)
    else:
        try:
            await members.remove_member(ctx, channel, user, actor_id=user.id)
        except AppError:
            return to_caller(call, LEAVE_FAILED)
    return CommandAnswer(goto_location=await _way_to(ctx, call, DEFAULT_CHANNEL))


async def _hide(ctx: Context, channel: Channel, user: User) -> None:
    direct = channel.type == DIRECT
    category, name = "group_channel_show", channel.id
    if direct:
        category, name = "direct_channel_show", channel.other_user_id(user.id)
    await save_preferences(ctx, user.id, [Preference(user.id, category, name, "false")])


@builtin(
    "mute", description=Text("api.command_mute.desc", "Mute this channel or another, or end that"), hint="~[channel]"
)
async def mute(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Mutes a channel, or ends that."""
    channel, name = call.channel, call.text.strip()
    if name:
        found = await _find_channel(ctx, call, name)
        if found is None:
            return to_caller(call, MUTE_UNKNOWN)
        channel = found
    member = await members.find_member(ctx, await get_channel(ctx, channel.id), call.user.id)
    if member is None:
        return to_caller(call, MUTE_ELSEWHERE, channel=channel.display_name)
    props: dict[str, Any] = msgspec.json.decode(member.notify_props) or {}
    muted = props.get("mark_unread") != "mention"
    await members.update_notify_props(ctx, channel.id, call.user.id, {"mark_unread": "mention" if muted else "all"})
    if channel.is_direct_or_group:
        return to_caller(call, MUTED_DIRECT if muted else UNMUTED_DIRECT)
    return to_caller(call, MUTED if muted else UNMUTED, channel=channel.display_name)


# Mail -----------------------------------------------------------------------------------------------------------------


def _sends_invitations(ctx: Context) -> bool:
    return ctx.config.EmailSettings.SendEmailNotifications and ctx.config.ServiceSettings.EnableEmailInvitations


@builtin(
    "invite_people",
    description=Text("api.command.invite_people.desc", "Invite people to the team by mail"),
    hint="[name@domain.com ...]",
    is_offered=_sends_invitations,
)
async def invite_people(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sends invitations to the team."""
    for permission in ("invite_user", "add_user_to_team"):
        if not await may_in_team(ctx, call.team_id, permission):
            return to_caller(call, MAIL_NOT_PERMITTED)
    if not ctx.config.EmailSettings.SendEmailNotifications:
        return to_caller(call, MAIL_OFF)
    if not ctx.config.ServiceSettings.EnableEmailInvitations:
        return to_caller(call, INVITATIONS_OFF)
    addresses = [word for word in re.split(r"[\s,;]+", call.text) if "@" in word]
    if not addresses:
        return to_caller(call, NO_ADDRESS)
    try:
        await invite_by_mail(ctx, await get_team(ctx, call.team_id), InviteRequest(emails=addresses), graceful=False)
    except AppError:
        return to_caller(call, MAIL_FAILED)
    return to_caller(call, MAIL_SENT)
