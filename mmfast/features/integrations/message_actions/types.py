"""What is pressed, what its integration is told, and what it may answer."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field

SELECT = "select"


class Target(Struct):
    """The action that is pressed, from a stored post or, sealed, from a post that is not stored."""

    url: str
    context: dict[str, Any]
    type: str
    data_source: str
    post_id: str
    root_id: str
    """The thread in which an answer appears."""
    channel_id: str
    kept_props: dict[str, Any]


class Integration(Struct):
    """What a sealed action calls."""

    url: str = ""
    context: dict[str, Any] = {}


class Cookie(Struct):
    """The content of a sealed action."""

    post_id: str = ""
    root_post_id: str = ""
    channel_id: str = ""
    type: str = ""
    data_source: str = ""
    integration: Integration = field(default_factory=Integration)
    kept_props: dict[str, Any] = {}


class ActionRequest(Struct):
    """What the integration is told."""

    user_id: str
    user_name: str
    channel_id: str
    channel_name: str
    team_id: str
    team_domain: str
    post_id: str
    trigger_id: str
    type: str
    data_source: str
    context: dict[str, Any] | UnsetType = UNSET


class PostUpdate(Struct):
    """How the integration wants the message to be; props stay unless given."""

    message: str = ""
    props: dict[str, Any] | None = None


class ActionAnswer(Struct):
    """What an integration may answer."""

    update: PostUpdate | None = None
    ephemeral_text: str = ""
    skip_slack_parsing: bool = False


class Pressed(Struct):
    """What the client is told. By the trigger id it knows which dialog belongs to what it did."""

    status: str
    trigger_id: str
