"""What a receiver is told of a post, and what it may answer."""

from msgspec import Struct

from mmfast.features.integrations.outgoing_webhooks.types import OutgoingWebhook
from mmfast.features.integrations.webhook_posts.types import Message

COMMENT = "comment"


class Notice(Struct):
    """The body of a call."""

    token: str
    team_id: str
    team_domain: str
    channel_id: str
    channel_name: str
    timestamp: int
    user_id: str
    user_name: str
    post_id: str
    text: str
    trigger_word: str
    file_ids: str
    """Separated by commas."""


class Call(Struct):
    """One address to call for one post."""

    hook: OutgoingWebhook
    url: str
    notice: Notice
    root_id: str
    """Where a comment on the post goes."""


class Answer(Message):
    """What a receiver answers: a message, to be posted in the channel or as a comment on the post."""

    response_type: str = ""
