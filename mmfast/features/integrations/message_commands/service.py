"""/me, /shrug, /code, /echo, /msg and /groupmsg."""

import re
from typing import Final

import trio
from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.core.errors import AppError
from mmfast.core.text import Text
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users.guards import require_visible
from mmfast.features.identity.users.service import find_user_by_username
from mmfast.features.identity.users.store import list_users_by_usernames
from mmfast.features.identity.users.types import User
from mmfast.features.integrations.builtin_commands.service import builtin, to_caller
from mmfast.features.integrations.builtin_commands.types import EPHEMERAL, IN_CHANNEL, CommandAnswer, CommandCall
from mmfast.features.messages.posts.service import create_post, draft_of
from mmfast.features.messages.posts.types import ME, PostInput
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.direct_channels.service import (
    MAX_GROUP,
    MIN_GROUP,
    create_direct_channel,
    create_group_channel,
)
from mmfast.features.spaces.teams.service import get_team

NO_CODE: Final = Text("api.command_code.message.app_error", "Write the code after /code.")
NO_ECHO: Final = Text("api.command_echo.message.app_error", "Write what is to be said after /echo.")
ECHO_TOO_LATE: Final = Text("api.command_echo.delay.app_error", "The delay is at most {seconds} seconds.")
ECHO_TOO_MANY: Final = Text("api.command_echo.high_volume.app_error", "Too many echoes are waiting; try again later.")
USER_UNKNOWN: Final = Text("api.command_msg.missing.app_error", "There is no such user.")
MSG_NOT_PERMITTED: Final = Text("api.command_msg.permission.app_error", "You may not write to this user directly.")
MSG_FAILED: Final = Text("api.command_msg.fail.app_error", "The message could not be sent.")
GROUP_UNKNOWN: Final = Text("api.command_groupmsg.invalid_user.app_error", "There are no such users: {names}")
GROUP_TOO_SMALL: Final = Text("api.command_groupmsg.min_users.app_error", "Name at least {count} users.")
GROUP_TOO_LARGE: Final = Text("api.command_groupmsg.max_users.app_error", "Name at most {count} users.")
GROUP_NOT_PERMITTED: Final = Text("api.command_groupmsg.permission.app_error", "You may not make group messages.")
GROUP_FAILED: Final = Text("api.command_groupmsg.fail.app_error", "The message could not be sent.")

SHRUG: Final = r"¯\\\_(ツ)\_/¯"
MAX_DELAY_SECONDS: Final = 10_000
MAX_ECHOES: Final = 1_000
"""Waiting in one worker; each is a task."""
_WAITING: Final = "message_commands.echoes"

_DELAYED: Final = re.compile(r"(.*\S)\s+(\d{1,9})", re.DOTALL)
_QUOTED: Final = re.compile(r"""(["'])(.*)\1""", re.DOTALL)
_GROUP: Final = re.compile(r"\s*((?:@?[\w.-]+\s*,\s*)*@?[\w.-]+)\s*(.*)", re.DOTALL)


@builtin("me", description=Text("api.command_me.desc", "Say what you are doing"), hint="[message]")
async def say_action(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Posts what the caller does."""
    return CommandAnswer(response_type=IN_CHANNEL, type=ME, text=f"*{call.text}*")


@builtin("shrug", description=Text("api.command_shrug.desc", "Shrug at the end of your message"), hint="[message]")
async def shrug(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Posts the message with a shrug."""
    return CommandAnswer(response_type=IN_CHANNEL, text=f"{call.text} {SHRUG}" if call.text else SHRUG)


@builtin("code", description=Text("api.command_code.desc", "Show a text as code"), hint="[text]")
async def show_code(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Posts a text as a code block."""
    if not call.text:
        return to_caller(call, NO_CODE)
    text = "\n".join("    " + line for line in call.text.split("\n"))
    return CommandAnswer(response_type=IN_CHANNEL, text=text, skip_slack_parsing=True)


# /echo ----------------------------------------------------------------------------------------------------------------


@builtin(
    "echo",
    description=Text("api.command_echo.desc", "Have yourself repeat a text, at once or later"),
    hint="'message' [delay in seconds]",
)
async def echo(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Posts a text in the caller's name, if wanted after a while; a restart of the server forgets it."""
    text, delay = call.text.strip(), 0
    if delayed := _DELAYED.fullmatch(text):
        text, delay = delayed[1], int(delayed[2])
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[2]
    if not text:
        return to_caller(call, NO_ECHO)
    if delay > MAX_DELAY_SECONDS:
        return to_caller(call, ECHO_TOO_LATE, seconds=MAX_DELAY_SECONDS)
    if not delay:
        await _say(ctx, call.user, call.channel, text, call.root_id)
        return CommandAnswer()
    waiting: int = ctx.app.state.get(_WAITING, 0)
    if waiting >= MAX_ECHOES:
        return to_caller(call, ECHO_TOO_MANY)
    ctx.app.state[_WAITING] = waiting + 1
    ctx.app.spawn("echo", _say_later, call, text, delay)
    return CommandAnswer()


async def _say_later(ctx: Context, call: CommandCall, text: str, delay: int) -> None:
    try:
        await trio.sleep(delay)
    finally:
        ctx.app.state[_WAITING] -= 1
    await _say(ctx, call.user, call.channel, text, call.root_id)


async def _say(ctx: Context, user: User, channel: Channel, text: str, root_id: str = "") -> None:
    draft = draft_of(PostInput(message=text, root_id=root_id), channel, user)
    draft.set_online = True
    draft.post.remote_id = UNSET
    await create_post(ctx, draft)


# /msg and /groupmsg ---------------------------------------------------------------------------------------------------


async def _go_to(ctx: Context, call: CommandCall, channel: Channel) -> CommandAnswer:
    team = await get_team(ctx, call.team_id)
    way = f"{ctx.config.ServiceSettings.SiteURL}/{team.name}/channels/{channel.name}"
    return CommandAnswer(response_type=EPHEMERAL, goto_location=way)


@builtin(
    "msg",
    description=Text("api.command_msg.desc", "Write to somebody directly"),
    hint="@[username] 'message'",
    display_name="message",
)
async def send_message(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Opens the direct channel with a user, and says something there if there is something to say."""
    name, _, text = call.text.strip().partition(" ")
    user = await find_user_by_username(ctx, name.removeprefix("@").lower()) if name else None
    if user is None:
        return to_caller(call, USER_UNKNOWN)
    return await _send_directly(ctx, call, user, text.strip())


async def _send_directly(ctx: Context, call: CommandCall, user: User, text: str) -> CommandAnswer:
    if not await may(ctx, "create_direct_channel"):
        return to_caller(call, MSG_NOT_PERMITTED)
    try:
        await require_visible(ctx, user.id)
        channel = await create_direct_channel(ctx, call.user.id, user.id)
        if text:
            await _say(ctx, call.user, channel, text)
    except AppError as error:
        return to_caller(call, MSG_NOT_PERMITTED if error.status == 403 else MSG_FAILED)
    return await _go_to(ctx, call, channel)


@builtin(
    "groupmsg",
    description=Text("api.command_groupmsg.desc", "Write to several people together"),
    hint="@[username1],@[username2] 'message'",
    display_name="message",
)
async def send_group_message(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Opens the group channel with some users, and says something there if there is something to say."""
    match = _GROUP.fullmatch(call.text)
    names = [name.strip().removeprefix("@").lower() for name in match[1].split(",")] if match else []
    text = match[2].strip() if match else ""
    found = {user.username: user for user in await list_users_by_usernames(ctx.db, names)} if names else {}
    unknown = [name for name in dict.fromkeys(names) if name not in found]
    if unknown:
        return to_caller(call, GROUP_UNKNOWN, names=", ".join("@" + name for name in unknown))
    others = [user for user in found.values() if user.id != call.user.id]
    if len(others) == 1:
        return await _send_directly(ctx, call, others[0], text)
    if len(others) < MIN_GROUP - 1:
        return to_caller(call, GROUP_TOO_SMALL, count=MIN_GROUP - 1)
    if len(others) > MAX_GROUP - 1:
        return to_caller(call, GROUP_TOO_LARGE, count=MAX_GROUP - 1)
    if not await may(ctx, "create_group_channel"):
        return to_caller(call, GROUP_NOT_PERMITTED)
    try:
        for user in others:
            await require_visible(ctx, user.id)
        channel = await create_group_channel(ctx, [call.user.id, *(user.id for user in others)])
        if text:
            await _say(ctx, call.user, channel, text)
    except AppError as error:
        return to_caller(call, GROUP_NOT_PERMITTED if error.status == 403 else GROUP_FAILED)
    return await _go_to(ctx, call, channel)
