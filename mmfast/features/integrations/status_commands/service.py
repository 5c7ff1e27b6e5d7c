"""/away, /online, /dnd, /offline and /status."""

import re
from typing import Final

from mmfast.api.context import Context
from mmfast.core.errors import AppError
from mmfast.core.text import Text
from mmfast.features.identity.custom_statuses.service import (
    clear_custom_status,
    completed,
    set_custom_status,
)
from mmfast.features.identity.custom_statuses.types import CustomStatus
from mmfast.features.identity.statuses.service import set_by_hand
from mmfast.features.integrations.builtin_commands.service import builtin, to_caller
from mmfast.features.integrations.builtin_commands.types import CommandAnswer, CommandCall

AWAY: Final = Text("api.command_away.success", "You are shown as away from now on.")
ONLINE: Final = Text("api.command_online.success", "You are shown as online from now on.")
OFFLINE: Final = Text("api.command_offline.success", "You are shown as offline from now on.")
DND: Final = Text("api.command_dnd.success", "Nothing disturbs you now: no desktop or push notifications are sent.")
STATUS_SET: Final = Text("api.command_custom_status.success", "Your status is now :{emoji}: {text}")
STATUS_CLEARED: Final = Text("api.command_custom_status.clear.success", "You have no status any more.")
STATUS_REFUSED: Final = Text("api.command_custom_status.app_error", "The status could not be set.")
STATUS_NOT_CLEARED: Final = Text("api.command_custom_status.clear.app_error", "The status could not be cleared.")

DEFAULT_EMOJI: Final = "speech_balloon"
CLEAR: Final = "clear"
_WITH_EMOJI: Final = re.compile(r":([a-zA-Z0-9_+-]+):\s*(.*)", re.DOTALL)


async def _set(ctx: Context, call: CommandCall, status: str, told: Text) -> CommandAnswer:
    await set_by_hand(ctx, call.user.id, status, 0)
    return to_caller(call, told)


@builtin("away", description=Text("api.command_away.desc", "Show yourself as away"))
async def away(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sets the presence to away."""
    return await _set(ctx, call, "away", AWAY)


@builtin("online", description=Text("api.command_online.desc", "Show yourself as online"))
async def online(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sets the presence to online."""
    return await _set(ctx, call, "online", ONLINE)


@builtin("offline", description=Text("api.command_offline.desc", "Show yourself as offline"))
async def offline(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sets the presence to offline."""
    return await _set(ctx, call, "offline", OFFLINE)


@builtin("dnd", description=Text("api.command_dnd.desc", "Get no desktop or push notifications"))
async def do_not_disturb(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sets the presence to "do not disturb"."""
    return await _set(ctx, call, "dnd", DND)


def _custom_statuses_on(ctx: Context) -> bool:
    return ctx.config.TeamSettings.EnableCustomUserStatuses


@builtin(
    "status",
    description=Text("api.command_custom_status.desc", "Set a status of your own, or clear it"),
    hint="[:emoji_name:] [status_message] or clear",
    is_offered=_custom_statuses_on,
)
async def custom_status(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sets the custom status, with an emoji if the text begins with one, or clears it."""
    if not _custom_statuses_on(ctx):
        return to_caller(call, STATUS_REFUSED)
    text = call.text.strip()
    if text == CLEAR:
        try:
            await clear_custom_status(ctx, call.user.id)
        except AppError:
            return to_caller(call, STATUS_NOT_CLEARED)
        return to_caller(call, STATUS_CLEARED)
    match = _WITH_EMOJI.fullmatch(text)
    status = CustomStatus(emoji=match[1], text=match[2]) if match else CustomStatus(emoji=DEFAULT_EMOJI, text=text)
    status = completed(status)
    try:
        await set_custom_status(ctx, call.user.id, status)
    except AppError:
        return to_caller(call, STATUS_REFUSED)
    return to_caller(call, STATUS_SET, emoji=status.emoji, text=status.text)
