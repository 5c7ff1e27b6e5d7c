"""What clients hear of teams, and the hooks by which higher features follow them."""

from typing import TYPE_CHECKING

from msgspec import Struct

from mmfast.core.hooks import Hook
from mmfast.features.spaces.teams.types import Team
from mmfast.realtime.event import Document, Event

if TYPE_CHECKING:
    from mmfast.features.identity.users.types import User


class AddedToTeam(Event, name="added_to_team"):
    team_id: str
    user_id: str


class UpdateTeam(Event, name="update_team"):
    team: Document


class DeleteTeam(Event, name="delete_team"):
    team: Document


class RestoreTeam(Event, name="restore_team"):
    team: Document


class TeamCreatedNews(Struct, frozen=True):
    """A team was made; it has no channels and no members yet."""

    team: Team


class TeamMemberAddedNews(Struct, frozen=True):
    """A user joined; `actor_id` is who added them, themself where they joined on their own."""

    team: Team
    user: "User"
    actor_id: str
    admin: bool = False


class TeamMemberRemovedNews(Struct, frozen=True):
    """A user left or, where `actor_id` is another, was removed. Run before the membership ends."""

    team: Team
    user: "User"
    actor_id: str


TEAM_CREATED: Hook[TeamCreatedNews] = Hook("team_created")
TEAM_MEMBER_ADDED: Hook[TeamMemberAddedNews] = Hook("team_member_added")
TEAM_MEMBER_REMOVED: Hook[TeamMemberRemovedNews] = Hook("team_member_removed")


class TeamDeletedForever(Struct, frozen=True):
    """A team is about to be deleted with all it holds; who keeps something of it deletes that."""

    team: Team


TEAM_DELETED_FOREVER: Hook[TeamDeletedForever] = Hook("team_deleted_forever")
