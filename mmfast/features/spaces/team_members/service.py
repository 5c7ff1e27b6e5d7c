"""Decides about members of teams: who is added and removed, which roles they hold, what they have not read."""

from typing import Any

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.features.identity.sessions.service import SESSIONS_SHOWN
from mmfast.features.identity.sessions.types import SessionsShown
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.schemes.service import get_team_role_names, split_roles
from mmfast.features.spaces.schemes.types import SchemeRoles
from mmfast.features.spaces.team_members import errors, store
from mmfast.features.spaces.team_members.events import LeaveTeam, MemberRoleUpdated
from mmfast.features.spaces.team_members.types import (
    BatchRow,
    MinusGroupsQuery,
    TeamUnread,
    UnreadQuery,
)
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams.errors import USER_MISSING
from mmfast.features.spaces.teams.events import TEAM_MEMBER_REMOVED, AddedToTeam, TeamMemberRemovedNews
from mmfast.features.spaces.teams.types import Team, TeamMember
from mmfast.realtime.signals import TeamLeft


async def get_account(ctx: Context, user_id: str) -> User:
    """The user to add to a team."""
    user = await users.find_user(ctx, user_id)
    if user is None:
        raise USER_MISSING()
    return user


async def _require_groups(ctx: Context, team: Team, accounts: list[User]) -> None:
    """A team kept to groups takes their members only, and bots."""
    people = {user.id for user in accounts if not user.is_bot}
    if team.group_constrained and await store.list_in_groups(ctx.db, team.id, people) != people:
        raise errors.GROUPS_REFUSE()


async def add_member(ctx: Context, team: Team, user_id: str) -> TeamMember:
    """Adds a user on behalf of the caller. The reference tells the new member twice, and clients count on neither."""
    user = await get_account(ctx, user_id)
    await _require_groups(ctx, team, [user])
    member = await teams.add_member(ctx, team, user, actor_id=ctx.user_id)
    ctx.announce(AddedToTeam(team_id=team.id, user_id=user.id).to(user_id=user.id))
    return member


async def add_members(ctx: Context, team: Team, user_ids: list[str]) -> list[TeamMember]:
    """Adds all or none."""
    accounts = [await get_account(ctx, user_id) for user_id in user_ids]
    await _require_groups(ctx, team, accounts)
    async with ctx.transaction():
        return [await teams.add_member(ctx, team, user, actor_id=ctx.user_id) for user in accounts]


async def add_members_gracefully(ctx: Context, team: Team, user_ids: list[str]) -> list[BatchRow]:
    """Adds whom it can and says of the others why not; unknown users, and whom the groups refuse, refuse all."""
    accounts = [await get_account(ctx, user_id) for user_id in user_ids]
    await _require_groups(ctx, team, accounts)
    rows = []
    for user in accounts:
        try:
            rows.append(BatchRow(user.id, await teams.add_member(ctx, team, user, actor_id=ctx.user_id), None))
        except AppError as error:
            rows.append(BatchRow(user.id, None, error_row(ctx, error)))
    return rows


def error_row(ctx: Context, error: AppError) -> dict[str, Any]:
    """An error inside an answer that as a whole is none."""
    return {
        "id": error.id,
        "message": error.kind.text,
        "detailed_error": "",
        "request_id": ctx.request_id,
        "status_code": error.status,
    }


async def remove_member(ctx: Context, team_id: str, user_id: str) -> None:
    """Ends a membership, and with it those in the team's channels."""
    team = await teams.get_team(ctx, team_id)
    user = await users.get_user(ctx, user_id)
    if team.group_constrained and user_id != ctx.user_id and not user.is_bot:
        raise errors.GROUP_MANAGED()
    if not await teams.is_member(ctx, team_id, user_id):
        raise errors.NOT_IN_TEAM()
    async with ctx.transaction() as tx:
        left = LeaveTeam(team_id=team_id, user_id=user_id)
        ctx.announce(left.to(team_id=team_id, omit_users=[user_id]))
        ctx.announce(left.to(user_id=user_id))
        await TEAM_MEMBER_REMOVED.run(ctx, TeamMemberRemovedNews(team, user, ctx.user_id))
        if not await store.end_membership(tx, team_id, user_id, now_ms()):
            raise errors.NOT_IN_TEAM()
        ctx.invalidate(teams.TEAM_MEMBERSHIPS, team_id + user_id)
        ctx.announce(TeamLeft(team_id, user_id))


async def update_roles(ctx: Context, team_id: str, user_id: str, roles: str) -> None:
    """Sets a member's roles by their names; those that the scheme manages become its flags."""
    member = await teams.get_member(ctx, team_id, user_id)
    team = await teams.get_team(ctx, team_id)
    names = await get_team_role_names(ctx, team.scheme_id)
    explicit, wanted = await split_roles(ctx, roles, names, errors.ROLE_UNKNOWN, errors.ROLE_OF_OTHER_SCHEME)
    if wanted.scheme_guest and wanted.scheme_user:
        raise errors.GUEST_AND_USER_ROLES()
    if not wanted.scheme_guest and not wanted.scheme_user:
        raise errors.USER_ROLE_UNSET()
    if wanted.scheme_guest != member.scheme_guest:
        raise errors.GUEST_ROLE_CHANGES()
    await _write_roles(ctx, member, wanted, explicit)


async def update_scheme_roles(ctx: Context, team_id: str, user_id: str, wanted: SchemeRoles) -> None:
    """Sets a member's roles by the scheme's flags; roles given by name stay."""
    member = await teams.get_member(ctx, team_id, user_id)
    if wanted.scheme_guest and wanted.scheme_user:
        raise errors.GUEST_AND_USER_FLAGS()
    if not wanted.scheme_guest and not wanted.scheme_user:
        raise errors.USER_ROLE_UNSET()
    if member.scheme_guest and wanted.scheme_user:
        raise errors.GUEST_CHANGES()
    await _write_roles(ctx, member, wanted, member.explicit_roles)


async def _write_roles(ctx: Context, member: TeamMember, wanted: SchemeRoles, explicit: str) -> None:
    member.scheme_guest, member.scheme_user = wanted.scheme_guest, wanted.scheme_user
    member.scheme_admin, member.explicit_roles = wanted.scheme_admin, explicit
    await store.update_roles(ctx.db, member)
    ctx.invalidate(teams.TEAM_MEMBERSHIPS, member.team_id + member.user_id)
    shown = await teams.with_roles(ctx, member)
    ctx.announce(MemberRoleUpdated(member=shown).to(user_id=member.user_id))


async def list_unread(ctx: Context, user_id: str, query: UnreadQuery) -> list[TeamUnread]:
    """What a user has not read, by team."""
    found = await store.list_unread(ctx.db, user_id, None, query.exclude_team)
    if query.include_collapsed_threads and found:
        threads = await store.count_unread_threads(ctx.db, user_id, [unread.team_id for unread in found])
        for unread in found:
            unread.thread_count, unread.thread_mention_count = threads.get(unread.team_id, (0, 0))
    return found


async def get_unread(ctx: Context, user_id: str, team_id: str) -> TeamUnread:
    """What a user has not read in one team."""
    found = await store.list_unread(ctx.db, user_id, team_id, "")
    return found[0] if found else TeamUnread(team_id)


async def list_outside_groups(ctx: Context, team_id: str, query: MinusGroupsQuery) -> dict[str, Any]:
    """Members who are in none of the groups, as the System Console shows them."""
    limit = max(1, min(query.per_page, 200))
    found, total = await store.list_outside_groups(ctx.db, team_id, query.group_ids, max(query.page, 0) * limit, limit)
    accounts = {user.id: user for user in await users.get_users(ctx, [member.user_id for member in found])}
    view = users.others_view(ctx)  # what an administrator sees here is what others see
    rows = [
        msgspec.to_builtins(users.profile(accounts[member.user_id], view))
        | {
            "groups": [],
            "scheme_guest": member.scheme_guest,
            "scheme_user": member.scheme_user,
            "scheme_admin": member.scheme_admin,
        }
        for member in found
        if member.user_id in accounts
    ]
    return {"users": rows, "total_count": total}


@SESSIONS_SHOWN.register
async def show_memberships(ctx: Context, shown: SessionsShown) -> None:
    """Puts the user's present memberships beside the sessions, where clients look for them."""
    members = await store.list_memberships(ctx.db, shown.user_id)
    shown.team_members = [await teams.with_roles(ctx, m) for m in members if m.delete_at == 0]
