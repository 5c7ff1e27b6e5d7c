"""A post: the row as stored, its JSON, and what clients send to make one."""

from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from mmfast.db.executor import Record
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.channels.types import Channel

MAX_RUNES: Final = 16_383
"""Characters in a message: the column holds 65,535 bytes, a character takes four at most."""
MAX_PROPS_RUNES: Final = 800_000
MAX_FILE_IDS_RUNES: Final = 300
MAX_FILES: Final = 10

NO_PROPS: Final = Raw(b"{}")
NO_FILES: Final = Raw(b"[]")
NULL: Final = Raw(b"null")
NO_METADATA: Final = Raw(b"{}")

SYSTEM_PREFIX: Final = "system_"
CUSTOM_PREFIX: Final = "custom_"
EPHEMERAL: Final = "system_ephemeral"
SLACK_ATTACHMENT: Final = "slack_attachment"
BURN_ON_READ: Final = "burn_on_read"
ME: Final = "me"
REMINDER: Final = "reminder"
"""A reminder that the server writes: clients show it in words of their own."""
ADD_BOT: Final = "add_bot_teams_channels"
"""A new bot asks to be added; web clients draw it as links to do so."""
PLAIN_TYPES: Final = frozenset(("", ME, SLACK_ATTACHMENT, REMINDER, ADD_BOT))
"""The types that carry no prefix."""

MEMBERSHIP_TYPES: Final = frozenset((
    "system_join_channel", "system_leave_channel", "system_add_to_channel", "system_remove_from_channel",
    "system_join_team", "system_leave_team", "system_add_to_team", "system_remove_from_team", "system_join_leave",
    "system_guest_join_channel", "system_add_guest_to_chan",
))  # fmt: skip
"""Comings and goings: they show in the channel, but do not count as messages to read."""

COLUMNS: Final = (
    "p.id, p.createat, p.updateat, COALESCE(p.editat, 0), p.deleteat, COALESCE(p.ispinned, false), p.userid,"
    " p.channelid, COALESCE(p.rootid, ''), COALESCE(p.originalid, ''), COALESCE(p.message, ''), COALESCE(p.type, ''),"
    " COALESCE(p.props::text, '{}'), COALESCE(p.hashtags, ''), COALESCE(NULLIF(p.fileids, ''), '[]'), p.remoteid,"
    " COALESCE(p.hasreactions, false)"
)
"""The columns of Posts in the order of `Post`'s fields, of a table named p."""
WIDTH: Final = 17


class Post(Struct):
    """A row of Posts as clients see it. `props` and `file_ids` are the stored JSON, passed on unread."""

    id: str
    create_at: int
    update_at: int
    edit_at: int
    delete_at: int
    is_pinned: bool
    user_id: str
    channel_id: str
    root_id: str
    original_id: str
    message: str
    type: str
    props: Raw
    hashtags: str
    file_ids: Raw
    remote_id: str | UnsetType | None
    has_reactions: bool | UnsetType
    pending_post_id: str = ""
    metadata: "PostMetadata | Raw | UnsetType" = UNSET
    reply_count: int = 0
    last_reply_at: int = 0
    participants: list[Any] | None = None
    is_following: bool | UnsetType = UNSET

    @property
    def is_system(self) -> bool:
        """Whether the server wrote it."""
        return self.type.startswith(SYSTEM_PREFIX)

    @property
    def counts_as_message(self) -> bool:
        """Whether it adds to what members have to read."""
        return self.type not in MEMBERSHIP_TYPES

    def read_props(self) -> dict[str, Any]:
        """The props as a dictionary of one's own."""
        if self.props is NO_PROPS:
            return {}
        found = msgspec.json.decode(self.props)
        return found if isinstance(found, dict) else {}

    def read_file_ids(self) -> list[str]:
        """The ids of the attached files."""
        if self.file_ids is NO_FILES:
            return []
        return msgspec.json.decode(self.file_ids) or []

    def copy(self, **changes: Any) -> "Post":
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)


class PostMetadata(Struct, omit_defaults=True):
    """What is shown with a post; empty parts are left out."""

    embeds: list[dict[str, Any]] | None = None
    emojis: list[Any] | None = None
    files: list[Any] | None = None
    images: dict[str, Any] | None = None
    reactions: list[Any] | None = None
    priority: dict[str, Any] | None = None
    acknowledgements: list[Any] | None = None


def post_of(row: Record) -> Post:
    """The post in the first columns of a row selected by `COLUMNS`."""
    post = Post(*row) if len(row) == WIDTH else Post(*tuple(row)[:WIDTH])
    props: Any = post.props
    post.props = NO_PROPS if props == "{}" else Raw(props.encode())
    files: Any = post.file_ids
    post.file_ids = NO_FILES if files == "[]" else Raw(files.encode())
    if post.remote_id is None:
        post.remote_id = UNSET
    if not post.has_reactions:
        post.has_reactions = UNSET
    return post


class PriorityInput(Struct):
    """What a client asks for as a post's priority."""

    priority: str | None = None
    requested_ack: bool | None = None
    persistent_notifications: bool | None = None


class MetadataInput(Struct):
    """The metadata that a client may send; only the priority counts."""

    priority: PriorityInput | None = None


class PostInput(Struct):
    """A post as a client sends it, to make one or to replace one."""

    id: str = ""
    channel_id: str = ""
    root_id: str = ""
    message: str = ""
    type: str = ""
    props: dict[str, Any] = {}
    file_ids: list[str] = []
    pending_post_id: str = ""
    create_at: int = 0
    edit_at: int = 0
    is_pinned: bool = False
    has_reactions: bool = False
    reply_count: int = 0
    metadata: MetadataInput | None = None


class Draft(Struct):
    """A post on its way into the database, with all that is known about it.

    `props` are what will be stored. Whoever delivers fills in `mentioned` before the post is written, so that one
    statement writes the post and counts it for everybody whom it concerns.
    """

    post: Post
    props: dict[str, Any]
    channel: Channel
    author: User | None
    root: Post | None = None
    priority: PriorityInput | None = None
    set_online: bool = False
    webhook: bool = False
    """Made by an integration in the author's name, which may demand a confirmation."""
    file_ids: list[str] = []
    mentioned: set[str] = set()
    """Members of the channel for whom it counts as a mention; never the author."""
    named: set[str] = set()
    """Those of them who were mentioned themselves, not only by a mention of the whole channel."""
    team_mates_outside: list[User] = []
    """Those mentioned who are in the team but not in the channel."""
    missed: list[str] = []
    """Channel-wide mentions that reach nobody because the channel is too large."""
    followers: set[str] = set()
    """Who follows the thread, known once a reply is written."""
    viewed: bool = False
    """Whether the author has thereby seen the channel."""
    seen_at: int = 0
    """Up to when the author has read the channel by writing, known once the post is written; 0 for no change."""

    @property
    def is_urgent(self) -> bool:
        """Whether its mentions count as urgent."""
        return self.priority is not None and self.priority.priority == "urgent"


class Deletion(Struct):
    """News: a post and its replies have been marked as deleted (or removed for good)."""

    post: Post
    channel: Channel
    permanent: bool
    removed: list[str] = []
    """The ids of all that was removed for good, versions included."""


class Edit(Struct):
    """News: a post's content is about to be changed. Who keeps files exchanges them, and corrects `file_ids`."""

    old: Post
    new: Post
    file_ids: list[str]
    restored: bool = False
    """The change goes back to an earlier version, whose files may be marked as deleted."""


class ReadQuery(Struct):
    """How a post is read."""

    include_deleted: bool = False


class DeleteQuery(Struct):
    """How a post is deleted."""

    permanent: bool = False


class PostInfo(Struct):
    """Where a post is, and whether the reader has joined that place."""

    channel_id: str
    channel_type: str
    channel_display_name: str
    has_joined_channel: bool
    team_id: str
    team_type: str
    team_display_name: str
    has_joined_team: bool
