"""SQL of Teams and TeamMembers."""

from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.spaces.teams.types import Team, TeamMember, without_icon_time

COLUMNS = """id, createat, updateat, deleteat, displayname, name, COALESCE(description, ''), COALESCE(email, ''),
    type::text, COALESCE(companyname, ''), COALESCE(alloweddomains, ''), COALESCE(inviteid, ''), schemeid,
    COALESCE(allowopeninvite, false), COALESCE(lastteamiconupdate, 0), groupconstrained, cloudlimitsarchived"""

MEMBER_COLUMNS = """teamid, userid, '' AS roles, deleteat, COALESCE(schemeguest, false), COALESCE(schemeuser, false),
    COALESCE(schemeadmin, false), COALESCE(roles, '') AS explicitroles"""


async def find_team(db: Executor, team_id: str) -> Team | None:
    """The team, archived or not."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM teams WHERE id = $1", team_id)
    return without_icon_time(Team(*row)) if row else None


async def find_team_by_name(db: Executor, name: str) -> Team | None:
    """The team of this name, archived or not."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM teams WHERE name = $1", name)
    return without_icon_time(Team(*row)) if row else None


async def insert_team(db: Executor, team: Team) -> bool:
    """Whether the row could be written: false where the name is taken."""
    done = await db.fetchval(
        """INSERT INTO teams (id, createat, updateat, deleteat, displayname, name, description, email, type,
               companyname, alloweddomains, inviteid, schemeid, allowopeninvite, lastteamiconupdate, groupconstrained)
           VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8::text::team_type, $9, $10, $11, $12, $13, 0, $14)
           ON CONFLICT DO NOTHING RETURNING 1""",
        team.id,
        team.create_at,
        team.update_at,
        team.display_name,
        team.name,
        team.description,
        team.email,
        team.type,
        team.company_name,
        team.allowed_domains,
        team.invite_id,
        team.scheme_id,
        team.allow_open_invite,
        team.group_constrained,
    )
    return done is not None


async def update_team(db: Executor, team: Team) -> None:
    """Writes every property that can change."""
    await db.execute(
        """UPDATE teams SET updateat = $2, deleteat = $3, displayname = $4, description = $5,
               type = $6::text::team_type, companyname = $7, alloweddomains = $8, inviteid = $9,
               allowopeninvite = $10, groupconstrained = $11
           WHERE id = $1""",
        team.id,
        team.update_at,
        team.delete_at,
        team.display_name,
        team.description,
        team.type,
        team.company_name,
        team.allowed_domains,
        team.invite_id,
        team.allow_open_invite,
        team.group_constrained,
    )


async def update_icon_time(db: Executor, team_id: str, at: int) -> None:
    """Notes when the icon was set; 0 says that there is none. The row counts as changed then, too."""
    await db.execute("UPDATE teams SET lastteamiconupdate = $2, updateat = $2 WHERE id = $1", team_id, at)


async def delete_team(db: Executor, team_id: str) -> None:
    """Deletes the team and its memberships."""
    await db.execute("DELETE FROM teammembers WHERE teamid = $1", team_id)
    await db.execute("DELETE FROM teams WHERE id = $1", team_id)


async def find_member(db: Executor, team_id: str, user_id: str) -> TeamMember | None:
    """The membership, ended or not."""
    row = await db.fetchrow(
        f"SELECT {MEMBER_COLUMNS} FROM teammembers WHERE teamid = $1 AND userid = $2", team_id, user_id
    )
    return TeamMember(*row) if row else None


async def upsert_member(db: Executor, member: TeamMember, now: int) -> None:
    """Writes a membership, bringing back one that had ended."""
    await db.execute(
        """INSERT INTO teammembers (teamid, userid, roles, deleteat, schemeuser, schemeadmin, schemeguest, createat)
           VALUES ($1, $2, $3, 0, $4, $5, $6, $7)
           ON CONFLICT (teamid, userid) DO UPDATE SET roles = $3, deleteat = 0, schemeuser = $4, schemeadmin = $5,
               schemeguest = $6""",
        member.team_id,
        member.user_id,
        member.explicit_roles,
        member.scheme_user,
        member.scheme_admin,
        member.scheme_guest,
        now,
    )


async def count_active_members(db: Executor, team_id: str) -> int:
    """How many members have an account in use."""
    count: int = await db.fetchval(
        """SELECT count(*) FROM teammembers m JOIN users u ON u.id = m.userid
           WHERE m.teamid = $1 AND m.deleteat = 0 AND u.deleteat = 0""",
        team_id,
    )
    return count


async def list_member_ids(db: Executor, team_id: str) -> list[str]:
    """The ids of all present members."""
    rows = await db.fetch("SELECT userid FROM teammembers WHERE teamid = $1 AND deleteat = 0", team_id)
    return [row[0] for row in rows]


async def find_common_team_ids(db: Executor, user_ids: Sequence[str]) -> list[str]:
    """The teams in which all these users are."""
    rows = await db.fetch(
        """SELECT m.teamid FROM teammembers m JOIN teams t ON t.id = m.teamid AND t.deleteat = 0
           WHERE m.userid = ANY($1) AND m.deleteat = 0 GROUP BY m.teamid HAVING count(*) = $2""",
        list(user_ids),
        len(set(user_ids)),
    )
    return [row[0] for row in rows]
