"""A custom command, how one is asked for, and how clients are told of commands."""

from msgspec import UNSET, Struct, UnsetType

from mmfast.features.integrations.builtin_commands.types import Completion

POST = "P"
GET = "G"
MAX_TRIGGER = 128
MAX_URL = 1_024
MAX_DISPLAY_NAME = 64
MAX_DESCRIPTION = 128


class Command(Struct):
    """A command. `token` is how the integration knows that this server calls."""

    id: str = ""
    token: str = ""
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    creator_id: str = ""
    team_id: str = ""
    trigger: str = ""
    method: str = ""
    username: str = ""
    icon_url: str = ""
    auto_complete: bool = False
    auto_complete_desc: str = ""
    auto_complete_hint: str = ""
    display_name: str = ""
    description: str = ""
    url: str = ""
    plugin_id: str = ""
    autocomplete_data: Completion | UnsetType = UNSET
    """Of built-in commands only."""


class CommandDraft(Struct):
    """What a new command is made of, or what one is to become."""

    id: str = ""
    creator_id: str = ""
    team_id: str = ""
    trigger: str = ""
    method: str = ""
    username: str = ""
    icon_url: str = ""
    auto_complete: bool = False
    auto_complete_desc: str = ""
    auto_complete_hint: str = ""
    display_name: str = ""
    description: str = ""
    url: str = ""


class CommandMove(Struct):
    """Which team a command is to belong to."""

    team_id: str = ""


class CommandQuery(Struct):
    """Which commands are asked for."""

    team_id: str = ""
    custom_only: bool = False


class SuggestionQuery(Struct):
    """What has been typed of a command so far."""

    user_input: str = ""


class Token(Struct):
    """A command's new token."""

    token: str


class Suggestion(Struct):
    """One way to go on with what has been typed."""

    Complete: str
    Suggestion: str
    Hint: str
    Description: str
    IconData: str = ""
