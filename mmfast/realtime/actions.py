"""The table of the requests that clients may send, and those that need nothing but the hub.

    @action("get_statuses")
    async def get_statuses(ctx: Context, line: Line, data: dict[str, Any]) -> dict[str, str]: ...

Features add theirs in their `operations`. What the handler returns is the reply's data; an AppError is its error.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from mmfast import REFERENCE_VERSION
from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import is_valid_id
from mmfast.realtime.crowded_typing import CROWDED
from mmfast.realtime.errors import BUSY, INVALID_PARAM
from mmfast.realtime.events import Typing
from mmfast.realtime.line import Line

Action = Callable[[Context, Line, dict[str, Any]], Awaitable[Any]]

ACTIONS: Final[dict[str, Action]] = {}
"""Every action by name."""

CHANNEL, THREAD_BESIDE, THREAD_VIEW = range(3)
"""The three places of a client's screen that show a channel."""


def action(name: str) -> Callable[[Action], Action]:
    """Declares the decorated handler as the action of this name."""

    def declare(handler: Action) -> Action:
        if ACTIONS.setdefault(name, handler) is not handler:
            raise ValueError(f"action {name} is declared twice")
        return handler

    return declare


def get_param(data: dict[str, Any], name: str, kind: type) -> Any:
    """The parameter of a request. Raises INVALID_PARAM if it is missing or of another type."""
    value = data.get(name)
    if type(value) is not kind:
        raise INVALID_PARAM(name=name)
    return value


@action("ping")
async def ping(ctx: Context, line: Line, data: dict[str, Any]) -> dict[str, Any]:
    """Says that the server lives, and which release's protocol it speaks."""
    return {"text": "pong", "version": REFERENCE_VERSION, "server_time": now_ms(), "node_id": ""}


@action("user_typing")
async def user_typing(ctx: Context, line: Line, data: dict[str, Any]) -> None:
    """Tells the other members of a channel that this user writes there, unless the server is marked busy."""
    if ctx.app.busy_until_ms > now_ms():
        raise BUSY()
    channel_id = get_param(data, "channel_id", str)
    if not is_valid_id(channel_id) or not ctx.app.hub.is_in_channel(line.user_id, channel_id):
        raise INVALID_PARAM(name="channel_id")
    parent_id = data.get("parent_id")
    announce_typing(ctx, line.user_id, channel_id, parent_id if isinstance(parent_id, str) else "")


def announce_typing(ctx: Context, user_id: str, channel_id: str, parent_id: str) -> None:
    """Announces that the user writes, if the configuration lets such news out and not too many are told already."""
    if not ctx.config.ServiceSettings.EnableUserTypingMessages:
        return
    hub = ctx.app.hub
    is_crowded = len(hub.audience.channels.lines(channel_id)) >= CROWDED
    if not is_crowded or hub.crowded_typing.is_told((channel_id, parent_id), user_id, now_ms()):
        typing = Typing(parent_id=parent_id, user_id=user_id)
        ctx.announce(typing.to(channel_id=channel_id, omit_users=[user_id]))


@action("presence")
async def presence(ctx: Context, line: Line, data: dict[str, Any]) -> None:
    """The client tells what is on its screen; news that only matter in view are then kept from it."""
    hub = ctx.app.hub
    channel_id = data.get("channel_id")
    if isinstance(channel_id, str):
        hub.look_at(line, CHANNEL, channel_id)
    thread_channel_id = data.get("thread_channel_id")
    if isinstance(thread_channel_id, str):
        place = THREAD_VIEW if data.get("is_thread_view") is True else THREAD_BESIDE
        hub.look_at(line, place, thread_channel_id)


@action("posted_notify_ack")
async def posted_notify_ack(ctx: Context, line: Line, data: dict[str, Any]) -> None:
    """The client tells what became of a notification; only of interest to measurements."""
