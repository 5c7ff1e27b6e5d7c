"""A channel's member as the wire knows it."""

from typing import Final

from msgspec import Raw, Struct

from mmfast.features.spaces.channels.types import Channel

DEFAULT_NOTIFY_PROPS: Final = {
    "channel_auto_follow_threads": "off",
    "desktop": "default",
    "email": "default",
    "ignore_channel_mentions": "default",
    "mark_unread": "all",
    "push": "default",
}
"""A new member's notification settings in a channel."""


class ChannelMember(Struct):
    """A row of ChannelMembers, in the order of `store.COLUMNS`; `roles` are the explicit ones and the scheme's."""

    channel_id: str
    user_id: str
    roles: str
    last_viewed_at: int
    msg_count: int
    mention_count: int
    mention_count_root: int
    urgent_mention_count: int
    msg_count_root: int
    notify_props: Raw
    last_update_at: int
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    explicit_roles: str
    autotranslation_disabled: bool


class TeamChannelMember(ChannelMember, kw_only=True):
    """A membership in a list across teams."""

    team_display_name: str
    team_name: str
    team_update_at: int


class ChannelStats(Struct):
    """How many people, pinned posts and files a channel has; -1 files were not counted."""

    channel_id: str
    member_count: int
    guest_count: int
    pinnedpost_count: int
    files_count: int


class StatsQuery(Struct):
    """What the counts may leave out."""

    exclude_files_count: bool = False


class NewMembers(Struct):
    """A request to add people: where, whom, from which thread; `several` tells that the answer is a list."""

    channel: Channel
    user_ids: list[str]
    several: bool
    root_id: str


NOTIFY_PROPS: Final = (
    "channel_auto_follow_threads",
    "desktop",
    "desktop_notification_sound",
    "desktop_sound",
    "desktop_threads",
    "email",
    "ignore_channel_mentions",
    "mark_unread",
    "push",
    "push_threads",
)
"""The notification settings of a member; others are passed over."""
