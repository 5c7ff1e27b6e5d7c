"""An outgoing webhook, and how one is asked for."""

from msgspec import Struct

from mmfast.api.paging import Page

MAX_DISPLAY_NAME = 64
MAX_DESCRIPTION = 500
MAX_USERNAME = 64
MAX_ICON_URL = 1_024
MAX_CONTENT_TYPE = 128
MAX_LIST = 1_024
"""Of the trigger words together, and of the addresses together."""
MAX_TOKEN = 26

FIRST_WORD_EXACTLY = 0
FIRST_WORD_BEGINS = 1


class OutgoingWebhook(Struct):
    """A webhook of a public channel, or with `channel_id` "" of all public channels of its team."""

    id: str
    token: str
    """Tells the receiver that it is this server that calls."""
    create_at: int
    update_at: int
    delete_at: int
    creator_id: str
    channel_id: str
    team_id: str
    trigger_words: list[str] | None
    trigger_when: int
    callback_urls: list[str]
    display_name: str
    description: str
    content_type: str
    username: str
    icon_url: str

    def __repr__(self) -> str:
        """Without the token: what is printed ends in logs."""
        return f"OutgoingWebhook(id={self.id!r}, display_name={self.display_name!r})"


class OutgoingWebhookDraft(Struct):
    """What a new webhook is made of, or what one is to become."""

    id: str = ""
    token: str = ""
    creator_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    trigger_words: list[str] | None = None
    trigger_when: int = 0
    callback_urls: list[str] = []
    display_name: str = ""
    description: str = ""
    content_type: str = ""
    username: str = ""
    icon_url: str = ""


class OutgoingWebhookQuery(Page):
    """Which webhooks are asked for."""

    team_id: str = ""
    channel_id: str = ""
