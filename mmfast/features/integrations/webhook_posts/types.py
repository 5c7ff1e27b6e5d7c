"""What a program says through a webhook."""

from typing import Any

from msgspec import Struct

from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.types import PriorityInput
from mmfast.features.spaces.channels.types import Channel


class Message(Struct):
    """The message as it came, in Slack's markup. `text` is None where none was sent."""

    text: str | None = None
    username: str = ""
    icon_url: str = ""
    icon_emoji: str = ""
    type: str = ""
    props: dict[str, Any] = {}
    attachments: list[Any] | None = None
    priority: PriorityInput | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to post."""
        return not self.text and not any(item is not None for item in self.attachments or ())


class Sender(Struct):
    """In whose name the message is posted and where, and how the webhook presents itself."""

    user: User
    channel: Channel
    display_name: str
    username: str = ""
    icon_url: str = ""
    root_id: str = ""
