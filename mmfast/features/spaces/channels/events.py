"""What clients hear of channels, and the hooks by which higher features follow what happens to them.

Every hook runs inside the transaction of the change. The messages domain makes the system posts on them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from mmfast.core.hooks import Hook
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.teams.types import Team
from mmfast.realtime.event import Document, Event

if TYPE_CHECKING:
    from mmfast.features.identity.users.types import User


class ChannelCreated(Event, name="channel_created"):
    channel_id: str
    team_id: str


class ChannelUpdated(Event, name="channel_updated"):
    channel: Document


class ChannelConverted(Event, name="channel_converted"):
    channel_id: str


class ChannelDeleted(Event, name="channel_deleted"):
    channel_id: str
    delete_at: int


class ChannelRestored(Event, name="channel_restored"):
    channel_id: str


class UserAdded(Event, name="user_added"):
    user_id: str
    team_id: str


class UserRemoved(Event, name="user_removed"):
    """To the channel: who went. To who went: which channel it was."""

    remover_id: str
    user_id: str | UnsetType = UNSET
    channel_id: str | UnsetType = UNSET


class ChannelMemberUpdated(Event, name="channel_member_updated"):
    channelMember: Document  # noqa: N815  # the key on the wire


class DirectAdded(Event, name="direct_added"):
    creator_id: str
    teammate_id: str


class GroupAdded(Event, name="group_added"):
    teammate_ids: Document


class MemberAdded(Struct, frozen=True):
    """A user became a member. `actor_id` is who added them, themself where they joined or made the channel.

    `by_team` is true where they joined through joining the team. `root_id` is the thread from which they were added.
    """

    channel: Channel
    user: "User"
    actor_id: str
    by_team: bool = False
    root_id: str = ""


class MemberRemoved(Struct, frozen=True):
    """A user is no member any more. `actor_id` is who removed them, themself where they left.

    `by_team` is true where they left through leaving the team: then only the default channel is told of it, and where
    they left of their own will, before the membership ends.
    """

    channel: Channel
    user: "User"
    actor_id: str
    by_team: bool = False


class ChannelChanged(Struct, frozen=True):
    """A channel before and after a change of its properties."""

    old: Channel
    new: Channel
    actor_id: str


class ChannelArchived(Struct, frozen=True):
    """A channel was archived (run before, so that it can still be posted in) or restored (run after)."""

    channel: Channel
    actor_id: str


class ChannelMoved(Struct, frozen=True):
    """A channel went from one team to another."""

    channel: Channel
    old_team: Team
    actor_id: str


class GroupConverted(Struct, frozen=True):
    """A group channel became a private channel of a team."""

    channel: Channel
    members: Sequence["User"]
    actor_id: str


MEMBER_ADDED: Hook[MemberAdded] = Hook("channel_member_added")
MEMBER_REMOVED: Hook[MemberRemoved] = Hook("channel_member_removed")
CHANNEL_UPDATED: Hook[ChannelChanged] = Hook("channel_updated")
"""Display name, header or purpose may have changed; who registers compares what is there to be told.

Where a client replaced the channel, `new` is the channel as it was sent: clients that send less than the whole are told
of it with less, and are not told of the header and the purpose.
"""
PRIVACY_CHANGED: Hook[ChannelChanged] = Hook("channel_privacy_changed")
CHANNEL_ARCHIVED: Hook[ChannelArchived] = Hook("channel_archived")
CHANNEL_RESTORED: Hook[ChannelArchived] = Hook("channel_restored")
CHANNEL_MOVED: Hook[ChannelMoved] = Hook("channel_moved")
GROUP_CONVERTED: Hook[GroupConverted] = Hook("group_channel_converted")


class ChannelDeletedForever(Struct, frozen=True):
    """A channel is about to be deleted with all it holds; who keeps something of it deletes that."""

    channel: Channel


CHANNEL_DELETED_FOREVER: Hook[ChannelDeletedForever] = Hook("channel_deleted_forever")
