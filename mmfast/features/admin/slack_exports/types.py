"""The objects of Slack's export (slack.com/help, "How to read Slack data exports"), as far as they are of use here."""

from enum import Enum
from typing import Any, Final

from msgspec import Struct, field


class Profile(Struct):
    """What a person tells of herself."""

    email: str | None = None
    real_name: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None


class SlackUser(Struct):
    """A person or a program."""

    id: str
    name: str | None = None
    deleted: bool | None = None
    is_bot: bool | None = None
    profile: Profile | None = None


class Told(Struct):
    """A topic or a purpose."""

    value: str | None = None


class Pin(Struct):
    """A message pinned to its channel, by its time."""

    id: str | None = None


class SlackChannel(Struct):
    """A conversation of any kind; direct ones have no name."""

    id: str
    name: str | None = None
    is_archived: bool | None = None
    members: list[str] | None = None
    topic: Told | None = None
    purpose: Told | None = None
    pins: list[Pin] | None = None


class Kind(Enum):
    """Which of the export's lists a conversation stands in, and so who may see it."""

    PUBLIC = "channels.json"
    PRIVATE = "groups.json"
    GROUP = "mpims.json"
    DIRECT = "dms.json"


class Conversation(Struct):
    """A conversation and the folder with its days."""

    kind: Kind
    channel: SlackChannel
    folder: str


class SlackReaction(Struct):
    """Who reacted with one emoji."""

    name: str | None = None
    users: list[str] | None = None


class SlackFile(Struct):
    """A file that was shared. The export itself has only its address."""

    id: str | None = None
    name: str | None = None
    title: str | None = None
    url_private: str | None = None


class SlackMessage(Struct):
    """A message. `ts` is its time in seconds with six digits behind the point, and its name in the channel."""

    ts: str
    type: str | None = None
    subtype: str | None = None
    user: str | None = None
    username: str | None = None
    text: str | None = None
    thread_ts: str | None = None
    reactions: list[SlackReaction] | None = None
    files: list[SlackFile] | None = None
    file: SlackFile | None = None
    attachments: list[dict[str, Any]] | None = None
    topic: str | None = None
    purpose: str | None = None
    name: str | None = None
    old_name: str | None = None


class Export(Struct):
    """What an export has, except for the messages."""

    people: list[SlackUser]
    conversations: list[Conversation]
    unread: list[str] = field(default_factory=list)
    """What in it could not be read, for the report."""


UPLOADS: Final = "__uploads"
"""Where programs that complete exports put the files that Slack leaves out: `__uploads/<file id>/<name>`."""
