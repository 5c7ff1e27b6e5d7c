"""Memberships on their way into the database."""

from msgspec import Struct

from mmfast.features.admin.import_lines.types import ChannelMemberLine, ParticipantLine


class TeamMembership(Struct):
    """A row of TeamMembers; `roles` are the explicit ones."""

    team_id: str
    user_id: str
    roles: str
    guest: bool
    user: bool
    admin: bool


class ChannelMembership(Struct):
    """A row of ChannelMembers. `notify_props` are JSON, only those that the file says."""

    channel_id: str
    user_id: str
    roles: str
    guest: bool
    user: bool
    admin: bool
    notify_props: str = "{}"
    last_viewed_at: int = 0
    msg_count: int = 0
    msg_count_root: int = 0
    mention_count: int = 0
    mention_count_root: int = 0
    urgent_mention_count: int = 0
    given_roles: bool = False
    """Whether the file says the roles; a membership that is there keeps its own otherwise."""

    def take_counts(self, line: ChannelMemberLine | ParticipantLine) -> None:
        """What was read, as the file says."""
        self.last_viewed_at = max(line.last_viewed_at or 0, 0)
        self.msg_count = max(line.msg_count or 0, 0)
        self.msg_count_root = max(line.msg_count_root or 0, 0)
        self.mention_count = max(line.mention_count or 0, 0)
        self.mention_count_root = max(line.mention_count_root or 0, 0)
        self.urgent_mention_count = max(line.urgend_mention_count or 0, 0)
