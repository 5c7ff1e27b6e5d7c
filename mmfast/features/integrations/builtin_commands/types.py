"""A built-in command, the call of one, and the answer that every command gives."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.channels.types import Channel

EPHEMERAL = "ephemeral"
IN_CHANNEL = "in_channel"


class CommandCall(Struct):
    """Who calls a command where. In direct channels the team is the one that the client shows."""

    user: User
    channel: Channel
    team_id: str
    text: str
    """What was written after the trigger."""
    root_id: str = ""
    trigger_id: str = ""
    """By which the integration of a custom command may open a dialog, without the signature."""


class CommandAnswer(Struct):
    """What a command says. Programs answer in this form, and clients get it."""

    response_type: str = ""
    text: str = ""
    username: str = ""
    channel_id: str = ""
    icon_url: str = ""
    type: str = ""
    props: dict[str, Any] | None = None
    goto_location: str = ""
    trigger_id: str = ""
    skip_slack_parsing: bool = False
    attachments: list[Any] | None = None
    extra_responses: "list[CommandAnswer] | None" = None


Run = Callable[[Context, CommandCall], Awaitable[CommandAnswer]]


class Argument(Struct):
    """What a command expects next, in the form that clients read."""

    Name: str
    HelpText: str
    Type: str
    Required: bool
    Data: dict[str, str]


class Completion(Struct):
    """How a command is completed while it is typed."""

    Trigger: str
    Hint: str
    HelpText: str
    RoleID: str = "system_user"
    Arguments: list[Argument] = []
    SubCommands: "list[Completion]" = []


class BuiltinCommand(Struct):
    """A command of the server's own."""

    trigger: str
    description: Text
    hint: str
    run: Run
    display_name: str
    is_offered: Callable[[Context], bool]
    """Whether clients offer it while a command is typed."""
    completion: Completion | UnsetType = UNSET
