"""An incoming webhook, how one is asked for, and what is sent to it."""

from msgspec import Struct

from mmfast.api.paging import Page
from mmfast.features.integrations.webhook_posts.types import Message

MAX_DISPLAY_NAME = 64
MAX_DESCRIPTION = 500
MAX_ICON_URL = 1_024


class IncomingWebhook(Struct):
    """A webhook. Whoever knows its id may post; posts stand in its owner's name."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    user_id: str
    channel_id: str
    team_id: str
    display_name: str
    description: str
    username: str
    icon_url: str
    channel_locked: bool
    """Whether messages may not name another channel."""


class IncomingWebhookDraft(Struct):
    """What a new webhook is made of, or what one is to become."""

    id: str = ""
    delete_at: int = 0
    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    display_name: str = ""
    description: str = ""
    username: str = ""
    icon_url: str = ""
    channel_locked: bool = False


class IncomingWebhookQuery(Page):
    """Which webhooks are asked for."""

    team_id: str = ""
    include_total_count: bool = False


class CountedWebhooks(Struct):
    """A page of webhooks, and how many there are."""

    incoming_webhooks: list[IncomingWebhook]
    total_count: int


class Payload(Message):
    """What a program sends: a message, and where it is to go if not into the webhook's channel."""

    channel: str = ""
