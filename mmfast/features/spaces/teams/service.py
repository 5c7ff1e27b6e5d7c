"""Makes teams, adds members, and knows who holds which roles in a team."""

import re

from msgspec import UNSET
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.identity.users.service import is_domain_accepted, listed_domains
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.schemes.service import get_team_role_names
from mmfast.features.spaces.schemes.types import OUTSIDER, Membership
from mmfast.features.spaces.teams import errors, store
from mmfast.features.spaces.teams.events import (
    TEAM_CREATED,
    TEAM_DELETED_FOREVER,
    TEAM_MEMBER_ADDED,
    AddedToTeam,
    DeleteTeam,
    RestoreTeam,
    TeamCreatedNews,
    TeamDeletedForever,
    TeamMemberAddedNews,
    UpdateTeam,
)
from mmfast.features.spaces.teams.types import (
    INVITE_ONLY,
    OPEN,
    Team,
    TeamCreate,
    TeamMember,
    TeamPatch,
    TeamUpdate,
)
from mmfast.platform.cache import CacheKind
from mmfast.realtime.signals import TeamJoined, TeamLeft

TEAMS: CacheKind[str, Team | None] = CacheKind("teams", size=10_000)
TEAM_MEMBERSHIPS: CacheKind[str, Membership] = CacheKind("team_memberships", size=200_000)
"""By team id followed by user id."""

RESERVED_NAMES = (
    "admin", "api", "boards", "channel", "claim", "error", "files", "help", "landing", "login", "mfa", "oauth", "plug",
    "playbooks", "plugins", "post", "signup", "_redirect",
)  # fmt: skip
"""Beginnings of team names that would collide with addresses of the web client."""

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])")


async def find_team(ctx: Context, team_id: str) -> Team | None:
    """The team, archived or not, or None."""
    return await ctx.cached(TEAMS, team_id, lambda: store.find_team(ctx.db, team_id))


async def get_team(ctx: Context, team_id: str) -> Team:
    """The team, archived or not."""
    team = await find_team(ctx, team_id)
    if team is None:
        raise errors.TEAM_NOT_FOUND(team_id=team_id)
    return team


async def get_team_by_name(ctx: Context, name: str) -> Team:
    """The team of this name, archived or not."""
    team = await store.find_team_by_name(ctx.db, name.lower())
    if team is None:
        raise errors.TEAM_NAME_NOT_FOUND(name=name)
    return team


async def find_membership(ctx: Context, team_id: str, user_id: str) -> Membership:
    """What permission checks need of the member; `OUTSIDER` for who is not in or has left."""

    async def load() -> Membership:
        member = await store.find_member(ctx.db, team_id, user_id)
        return OUTSIDER if member is None or member.delete_at else Membership.of(member)

    return await ctx.cached(TEAM_MEMBERSHIPS, team_id + user_id, load)


async def get_roles(ctx: Context, team_id: str, user_id: str) -> str:
    """All roles that the user holds in the team, separated by spaces; "" for who is not in."""
    membership = await find_membership(ctx, team_id, user_id)
    if not membership.present:
        return ""
    team = await find_team(ctx, team_id)
    return membership.roles(await get_team_role_names(ctx, team.scheme_id if team else None))


async def is_member(ctx: Context, team_id: str, user_id: str) -> bool:
    """Whether the user is in the team now."""
    return (await find_membership(ctx, team_id, user_id)).present


async def with_roles(ctx: Context, member: TeamMember) -> TeamMember:
    """The member with `roles` filled in from the explicit ones and the scheme."""
    team = await find_team(ctx, member.team_id)
    names = await get_team_role_names(ctx, team.scheme_id if team else None)
    member.roles = names.added_to(
        member.explicit_roles, guest=member.scheme_guest, user=member.scheme_user, admin=member.scheme_admin
    )
    return member


async def get_member(ctx: Context, team_id: str, user_id: str) -> TeamMember:
    """The membership, also one that has ended."""
    member = await store.find_member(ctx.db, team_id, user_id)
    if member is None:
        raise errors.MEMBER_NOT_FOUND(team_id=team_id, user_id=user_id)
    return await with_roles(ctx, member)


def require_valid(team: Team) -> None:
    """Refuses a team whose properties break the rules, with the error of the first that does."""
    if len(team.display_name.encode()) > 64 or not team.display_name:
        raise errors.DISPLAY_NAME_INVALID()
    if len(team.name) > 64:
        raise errors.NAME_LENGTH()
    if len(team.description) > 255:
        raise errors.DESCRIPTION_TOO_LONG()
    if team.name.startswith(RESERVED_NAMES):
        raise errors.NAME_RESERVED(name=team.name)
    if not _NAME.fullmatch(team.name):
        raise errors.NAME_CHARACTERS(name=team.name)
    if team.type not in (OPEN, INVITE_ONLY):
        raise errors.TYPE_INVALID(type=team.type)
    if len(team.company_name) > 64:
        raise errors.COMPANY_TOO_LONG()
    if len(team.allowed_domains) > 500:
        raise errors.DOMAINS_TOO_LONG()


def may_belong(ctx: Context, team: Team, user: User) -> bool:
    """Whether the account's address is of a domain that the team and the server take; bots have none."""
    domains = (team.allowed_domains, ctx.config.TeamSettings.RestrictCreationToDomains)
    return user.is_bot or all(is_domain_accepted(user.email, wanted) for wanted in domains)


async def create_team(ctx: Context, wanted: TeamCreate, creator: User | None) -> Team:
    """Makes the team with its first channels, and the creator its admin; without one, nobody is in it yet."""
    now = now_ms()
    team = Team(
        id=new_id(),
        create_at=now,
        update_at=now,
        delete_at=0,
        display_name=wanted.display_name.strip(),
        name=wanted.name.strip(),
        description=wanted.description,
        email=creator.email if creator is not None else "",
        type=wanted.type,
        company_name=wanted.company_name.strip(),
        allowed_domains=wanted.allowed_domains,
        invite_id=new_id(),
        scheme_id=wanted.scheme_id,
        allow_open_invite=wanted.allow_open_invite,
        last_team_icon_update=UNSET,
        group_constrained=wanted.group_constrained,
        cloud_limits_archived=False,
    )
    if creator is not None and not may_belong(ctx, team, creator):
        raise errors.CREATOR_NOT_ALLOWED()
    if wanted.id:
        raise errors.TEAM_EXISTS(name=team.name)
    require_valid(team)
    async with ctx.transaction() as db:
        if not await store.insert_team(db, team):
            raise errors.TEAM_EXISTS(name=team.name)
        await TEAM_CREATED.run(ctx, TeamCreatedNews(team))
        if creator is not None:
            await add_member(ctx, team, creator, admin=True)
    return team


def announce_updated(ctx: Context, team: Team) -> None:
    """Tells the members how the team looks now, as an ordinary member sees it."""
    ctx.announce(UpdateTeam(team=as_members_see(team)).to(team_id=team.id))


def as_members_see(team: Team) -> Team:
    """The team without what only its managers and those who may invite see."""
    return replace(team, email="", invite_id="")


async def save_team(ctx: Context, team: Team) -> Team:
    """Checks and writes a team's changed properties, and tells its members."""
    team = replace(team, update_at=now_ms())
    require_valid(team)
    await _write(ctx, team)
    announce_updated(ctx, team)
    return team


def _require_domains_of_server(ctx: Context, allowed_domains: str) -> None:
    site = listed_domains(ctx.config.TeamSettings.RestrictCreationToDomains)
    for domain in listed_domains(allowed_domains) if site else ():
        if domain not in site:
            raise errors.DOMAIN_NOT_ALLOWED(domain=domain)


async def _write(ctx: Context, team: Team) -> None:
    await store.update_team(ctx.db, team)
    ctx.invalidate(TEAMS, team.id)


async def update_team(ctx: Context, team: Team, wanted: TeamUpdate) -> Team:
    """Replaces what a client may replace."""
    _require_domains_of_server(ctx, wanted.allowed_domains)
    return await save_team(
        ctx,
        replace(
            team,
            display_name=wanted.display_name,
            description=wanted.description,
            company_name=wanted.company_name,
            allowed_domains=wanted.allowed_domains,
            allow_open_invite=wanted.allow_open_invite,
            group_constrained=wanted.group_constrained,
        ),
    )


async def patch_team(ctx: Context, team: Team, patch: TeamPatch) -> Team:
    """Changes what the patch names."""
    fields = {name: value for name in patch.__struct_fields__ if (value := getattr(patch, name)) is not UNSET}
    _require_domains_of_server(ctx, patch.allowed_domains or "")
    return await save_team(ctx, replace(team, **fields))


async def set_privacy(ctx: Context, team: Team, privacy: str) -> Team:
    """Makes the team open to all, or invite-only; the latter voids the links that were given out."""
    opened = privacy == OPEN
    invite_id = team.invite_id if opened else new_id()
    return await save_team(ctx, replace(team, type=privacy, allow_open_invite=opened, invite_id=invite_id))


async def renew_invite_id(ctx: Context, team: Team) -> Team:
    """Gives the team another invite id; the old one leads nowhere."""
    return await save_team(ctx, replace(team, invite_id=new_id()))


async def archive_team(ctx: Context, team: Team) -> None:
    """Takes the team out of use; all it holds stays."""
    now = now_ms()
    team = replace(team, delete_at=now, update_at=now)
    await _write(ctx, team)
    ctx.announce(DeleteTeam(team=as_members_see(team)).to(team_id=team.id))


async def restore_team(ctx: Context, team: Team) -> Team:
    """Brings an archived team back."""
    team = replace(team, delete_at=0, update_at=now_ms())
    await _write(ctx, team)
    ctx.announce(RestoreTeam(team=as_members_see(team)).to(team_id=team.id))
    return team


async def delete_team_forever(ctx: Context, team: Team) -> None:
    """Deletes the team with its channels, posts and memberships. Its members are told while they still are."""
    now = now_ms()
    async with ctx.transaction() as tx:
        await TEAM_DELETED_FOREVER.run(ctx, TeamDeletedForever(team))
        ctx.announce(DeleteTeam(team=as_members_see(replace(team, delete_at=now, update_at=now))).to(team_id=team.id))
        for user_id in await store.list_member_ids(tx, team.id):
            ctx.announce(TeamLeft(team.id, user_id))
        await store.delete_team(tx, team.id)
        ctx.invalidate(TEAMS, team.id)
        ctx.invalidate(TEAM_MEMBERSHIPS, None)


async def add_member(ctx: Context, team: Team, user: User, *, actor_id: str = "", admin: bool = False) -> TeamMember:
    """Makes the user a member, who then joins the team's default channels. A member already in stays as they are."""
    existing = await store.find_member(ctx.db, team.id, user.id)
    if existing is not None and not existing.delete_at:
        return await with_roles(ctx, existing)
    if not may_belong(ctx, team, user):
        raise errors.EMAIL_NOT_ALLOWED()
    if await store.count_active_members(ctx.db, team.id) >= ctx.config.TeamSettings.MaxUsersPerTeam:
        raise errors.TEAM_FULL(name=team.display_name)
    guest = "system_guest" in user.roles.split()
    member = TeamMember(
        team_id=team.id,
        user_id=user.id,
        roles="",
        delete_at=0,
        scheme_guest=guest,
        scheme_user=not guest,
        scheme_admin=admin and not guest,
    )
    async with ctx.transaction() as db:
        await store.upsert_member(db, member, now_ms())
        ctx.invalidate(TEAM_MEMBERSHIPS, team.id + user.id)
        ctx.announce(TeamJoined(team.id, user.id))
        await TEAM_MEMBER_ADDED.run(ctx, TeamMemberAddedNews(team, user, actor_id or user.id, admin))
        ctx.announce(AddedToTeam(team_id=team.id, user_id=user.id).to(user_id=user.id))
    return await with_roles(ctx, member)
