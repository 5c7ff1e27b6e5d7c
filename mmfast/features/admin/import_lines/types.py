"""The objects of a line, as the bulk loading format names them. None is "not said": what is in the database stays."""

from typing import Any, NamedTuple

from msgspec import Struct

from mmfast.core.errors import AppError

KINDS = (
    "version",
    "role",
    "scheme",
    "emoji",
    "team",
    "channel",
    "user",
    "bot",
    "post",
    "direct_channel",
    "direct_post",
)
"""The kinds of lines, each named as the field that holds its object."""


class RoleLine(Struct):
    """A role; a part of a scheme too."""

    name: str | None = None
    display_name: str | None = None
    description: str | None = None
    permissions: list[str] | None = None
    scheme_managed: bool | None = None


class SchemeLine(Struct):
    """A scheme with its roles."""

    name: str | None = None
    display_name: str | None = None
    description: str | None = None
    scope: str | None = None
    default_team_admin_role: RoleLine | None = None
    default_team_user_role: RoleLine | None = None
    default_team_guest_role: RoleLine | None = None
    default_channel_admin_role: RoleLine | None = None
    default_channel_user_role: RoleLine | None = None
    default_channel_guest_role: RoleLine | None = None


class EmojiLine(Struct):
    """A custom emoji, with the path of its picture."""

    name: str | None = None
    image: str | None = None


class TeamLine(Struct):
    """A team."""

    name: str | None = None
    display_name: str | None = None
    type: str | None = None
    description: str | None = None
    allow_open_invite: bool | None = None
    scheme: str | None = None


class ChannelLine(Struct):
    """A public or private channel."""

    team: str | None = None
    name: str | None = None
    display_name: str | None = None
    type: str | None = None
    header: str | None = None
    purpose: str | None = None
    scheme: str | None = None
    deleted_at: int | None = None


class NotifyPropsLine(Struct):
    """How a person is notified; of a user, or with fewer fields of a member of a channel."""

    desktop: str | None = None
    desktop_sound: str | None = None
    email: str | None = None
    mobile: str | None = None
    mobile_push_status: str | None = None
    channel: str | None = None
    comments: str | None = None
    mention_keys: str | None = None
    mark_unread: str | None = None
    ignore_channel_mentions: str | None = None
    channel_auto_follow_threads: str | None = None


class ChannelMemberLine(Struct):
    """A membership in a channel of a team. `urgend_mention_count` is spelt as the format does."""

    name: str | None = None
    roles: str | None = None
    notify_props: NotifyPropsLine | None = None
    favorite: bool | None = None
    last_viewed_at: int | None = None
    msg_count: int | None = None
    msg_count_root: int | None = None
    mention_count: int | None = None
    mention_count_root: int | None = None
    urgend_mention_count: int | None = None


class TeamMemberLine(Struct):
    """A membership in a team."""

    name: str | None = None
    theme: str | None = None
    roles: str | None = None
    channels: list[ChannelMemberLine] | None = None


class CustomStatusLine(Struct):
    """A custom status."""

    emoji: str = ""
    text: str = ""
    duration: str = ""
    expires_at: str = ""


class UserLine(Struct):
    """An account with its memberships and preferences. `avatar` is the name that exports use for `profile_image`."""

    username: str | None = None
    email: str | None = None
    auth_service: str | None = None
    auth_data: str | None = None
    password: str | None = None
    nickname: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    position: str | None = None
    roles: str | None = None
    locale: str | None = None
    delete_at: int | None = None
    profile_image: str | None = None
    avatar: str | None = None
    timezone: dict[str, str] | None = None
    teams: list[TeamMemberLine] | None = None
    notify_props: NotifyPropsLine | None = None
    custom_status: CustomStatusLine | None = None
    theme: str | None = None
    military_time: str | None = None
    use_military_time: str | None = None
    collapse_previews: str | None = None
    message_display: str | None = None
    collapse_consecutive: str | None = None
    colorize_usernames: str | None = None
    channel_display_mode: str | None = None
    name_format: str | None = None
    teammate_name_display: str | None = None
    tutorial_step: str | None = None
    use_markdown_preview: str | bool | None = None
    use_formatting: str | bool | None = None
    show_unread_section: str | bool | None = None
    email_interval: str | None = None
    show_join_leave: str | None = None
    show_unread_scroll_position: str | None = None
    sync_drafts: str | None = None
    send_on_ctrl_enter: str | None = None
    code_block_ctrl_enter: str | None = None
    limit_visible_dms_gms: str | None = None


class BotLine(Struct):
    """A bot; `owner` is a username, or the id of a plugin."""

    username: str | None = None
    owner: str | None = None
    display_name: str | None = None
    description: str | None = None
    profile_image: str | None = None
    delete_at: int | None = None


class ReactionLine(Struct):
    """A reaction to a post."""

    user: str | None = None
    emoji_name: str | None = None
    create_at: int | None = None


class AttachmentLine(Struct):
    """A file of a post, by its path in the archive."""

    path: str | None = None


class FollowerLine(Struct):
    """Who follows a thread, and how far it was read."""

    user: str | None = None
    last_viewed: int | None = None
    unread_mentions: int | None = None


class ReplyLine(Struct):
    """A reply."""

    user: str | None = None
    type: str | None = None
    message: str | None = None
    create_at: int | None = None
    edit_at: int | None = None
    props: dict[str, Any] | None = None
    is_pinned: bool | None = None
    flagged_by: list[str] | None = None
    reactions: list[ReactionLine] | None = None
    attachments: list[AttachmentLine] | None = None


class PostLine(ReplyLine, kw_only=True):
    """A post in a channel of a team, with its replies."""

    team: str | None = None
    channel: str | None = None
    replies: list[ReplyLine] | None = None
    thread_followers: list[FollowerLine] | None = None


class DirectPostLine(ReplyLine, kw_only=True):
    """A post in a direct or group channel, with its replies."""

    channel_members: list[str] | None = None
    replies: list[ReplyLine] | None = None
    thread_followers: list[FollowerLine] | None = None


class ParticipantLine(Struct):
    """A member of a direct or group channel, with what was read."""

    username: str | None = None
    notify_props: NotifyPropsLine | None = None
    last_viewed_at: int | None = None
    msg_count: int | None = None
    msg_count_root: int | None = None
    mention_count: int | None = None
    mention_count_root: int | None = None
    urgend_mention_count: int | None = None


class DirectChannelLine(Struct):
    """A direct or group channel, with its people as names, or with what they have read."""

    members: list[str] | None = None
    participants: list[ParticipantLine] | None = None
    favorited_by: list[str] | None = None
    shown_by: list[str] | None = None
    header: str | None = None

    @property
    def usernames(self) -> list[str]:
        """The members, each once, in small letters."""
        named = self.members or [p.username or "" for p in self.participants or []]
        return list(dict.fromkeys(name.lower() for name in named))


class Line(Struct):
    """One line; the field named by `type` holds its object."""

    type: str = ""
    version: int | None = None
    role: RoleLine | None = None
    scheme: SchemeLine | None = None
    emoji: EmojiLine | None = None
    team: TeamLine | None = None
    channel: ChannelLine | None = None
    user: UserLine | None = None
    bot: BotLine | None = None
    post: PostLine | None = None
    direct_channel: DirectChannelLine | None = None
    direct_post: DirectPostLine | None = None


class Entry(NamedTuple):
    """A line and its place in the file, from 1."""

    number: int
    line: Line


class InvalidLine(Exception):
    """A line that cannot be imported: which field of it, and why. The reader of the file knows the number."""

    def __init__(self, field: str, error: AppError) -> None:
        super().__init__(field, error)
        self.field = field
        self.error = error


class Limits(Struct, frozen=True):
    """What the configuration has to say about lines."""

    max_post_size: int = 16383
    min_password: int = 8
