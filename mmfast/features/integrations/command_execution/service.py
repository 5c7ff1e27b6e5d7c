"""Finds the command that a line calls, has it executed, and delivers its answer."""

import re
from typing import Final
from urllib.parse import urlencode

from mmfast.api.context import Context
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.store import list_users_by_usernames
from mmfast.features.integrations.builtin_commands.service import find_builtin
from mmfast.features.integrations.builtin_commands.types import CommandAnswer, CommandCall
from mmfast.features.integrations.command_answers.service import AnswerError, create_address, deliver, read_answer
from mmfast.features.integrations.command_answers.types import Presentation
from mmfast.features.integrations.command_execution import errors
from mmfast.features.integrations.command_execution.types import Execution, Place
from mmfast.features.integrations.commands.errors import DISABLED
from mmfast.features.integrations.commands.service import find_command_by_trigger
from mmfast.features.integrations.commands.types import GET, Command
from mmfast.features.integrations.integration_calls.service import ask
from mmfast.features.integrations.trigger_ids.service import create_trigger_id
from mmfast.features.integrations.trigger_ids.types import TriggerId
from mmfast.features.spaces.channels.guards import may_read_channel
from mmfast.features.spaces.channels.store import find_channels_by_names
from mmfast.features.spaces.teams.service import get_team
from mmfast.platform.outgoing import OutgoingError

_LINE: Final = re.compile(r"/(\S*)(?:\s(.*))?", re.DOTALL)
_USER: Final = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
_CHANNEL: Final = re.compile(r"(?<![\w~])~([a-z0-9_-]+)", re.IGNORECASE)


async def execute(ctx: Context, wanted: Execution, place: Place) -> CommandAnswer:
    """The answer of the command, delivered."""
    line = _LINE.fullmatch(wanted.command)
    assert line is not None
    trigger, text = line[1].lower(), line[2] or ""
    user = await get_user(ctx, ctx.user_id)
    call = CommandCall(user, place.channel, place.team_id, text, wanted.root_id)
    builtin = find_builtin(trigger)
    if builtin is not None:
        return await deliver(ctx, call, await builtin.run(ctx, call))
    command = await find_command_by_trigger(ctx, place.team_id, trigger)
    if command is None:
        raise errors.UNKNOWN(trigger=trigger)
    if not ctx.config.ServiceSettings.EnableCommands:
        raise DISABLED()
    trigger_id = await create_trigger_id(ctx, user.id)
    call.trigger_id = trigger_id.id
    answer = await _call(ctx, command, call, trigger_id)
    return await deliver(ctx, call, answer, Presentation(command.username, command.icon_url))


async def _call(ctx: Context, command: Command, call: CommandCall, trigger_id: TriggerId) -> CommandAnswer:
    """What the integration of a custom command answers."""
    form = urlencode(await _fields(ctx, command, call, trigger_id))
    method, url = "POST", command.url
    if command.method == GET:
        method, url, form = "GET", url + ("&" if "?" in url else "?") + form, ""
    try:
        answer = await ask(ctx, method, url, form=form, token=command.token)
    except OutgoingError as error:
        raise errors.FAILED(trigger=command.trigger, detail=str(error)) from None
    if answer.status != 200:
        raise errors.FAILED_STATUS(trigger=command.trigger, status=answer.status)
    try:
        return await read_answer(ctx, answer.headers.get("content-type", ""), answer.body)
    except AnswerError as error:
        kind = errors.FAILED if answer.body.strip() else errors.FAILED_EMPTY
        raise kind(trigger=command.trigger, detail=str(error)) from None


async def _fields(ctx: Context, command: Command, call: CommandCall, trigger_id: TriggerId) -> list[tuple[str, str]]:
    """What the integration is told. Those who are mentioned are named once each, with their ids in the same order."""
    team = await get_team(ctx, call.team_id)
    fields = [
        ("token", command.token),
        ("team_id", team.id),
        ("team_domain", team.name),
        ("channel_id", call.channel.id),
        ("channel_name", call.channel.name),
        ("user_id", call.user.id),
        ("user_name", call.user.username),
        ("command", "/" + command.trigger),
        ("text", call.text),
        ("root_id", call.root_id),
        ("trigger_id", trigger_id.signed),
        ("response_url", await create_address(ctx, call, command)),
    ]
    for name, user_id in await _mentioned_users(ctx, call.text):
        fields += [("user_mentions", name), ("user_mentions_ids", user_id)]
    for name, channel_id in await _mentioned_channels(ctx, call):
        fields += [("channel_mentions", name), ("channel_mentions_ids", channel_id)]
    return fields


async def _mentioned_users(ctx: Context, text: str) -> list[tuple[str, str]]:
    """The users behind the mentions. A sign at the end of a sentence is no part of a name."""
    names = [name.lower() for name in _USER.findall(text)]
    if not names:
        return []
    wanted = list(dict.fromkeys([*names, *(name.rstrip("._-") for name in names)]))
    found = {user.username: user.id for user in await list_users_by_usernames(ctx.db, wanted)}
    exact = [name if name in found else name.rstrip("._-") for name in names]
    return [(name, found[name]) for name in dict.fromkeys(exact) if name in found]


async def _mentioned_channels(ctx: Context, call: CommandCall) -> list[tuple[str, str]]:
    """The team's channels behind the mentions, as far as the caller may know of them."""
    names = list(dict.fromkeys(name.lower() for name in _CHANNEL.findall(call.text)))
    if not names:
        return []
    found = {channel.name: channel for channel in await find_channels_by_names(ctx.db, call.team_id, names)}
    return [(name, found[name].id) for name in names if name in found and await may_read_channel(ctx, found[name])]
