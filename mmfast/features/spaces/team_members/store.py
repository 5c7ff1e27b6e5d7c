"""SQL of TeamMembers for lists, counts and roles."""

from mmfast.db.executor import Executor
from mmfast.features.spaces.team_members.types import ListQuery, TeamStats, TeamUnread
from mmfast.features.spaces.teams.store import MEMBER_COLUMNS
from mmfast.features.spaces.teams.types import TeamMember

_MEMBERS = """SELECT m.teamid, m.userid, '' AS roles, m.deleteat, COALESCE(m.schemeguest, false),
        COALESCE(m.schemeuser, false), COALESCE(m.schemeadmin, false), COALESCE(m.roles, '')
    FROM teammembers m JOIN users u ON u.id = m.userid"""


async def list_members(db: Executor, team_id: str, query: ListQuery, offset: int, limit: int) -> list[TeamMember]:
    """A page of present members, by id or by username."""
    order = "u.username" if query.sort == "Username" else "m.userid"
    rows = await db.fetch(
        f"""{_MEMBERS} WHERE m.teamid = $1 AND m.deleteat = 0 AND (NOT $2 OR u.deleteat = 0)
            ORDER BY {order} LIMIT $3 OFFSET $4""",
        team_id,
        query.exclude_deleted_users,
        limit,
        offset,
    )
    return [TeamMember(*row) for row in rows]


async def list_members_by_ids(db: Executor, team_id: str, user_ids: list[str]) -> list[TeamMember]:
    """Those of these users who are in."""
    rows = await db.fetch(
        f"SELECT {MEMBER_COLUMNS} FROM teammembers WHERE teamid = $1 AND userid = ANY($2) AND deleteat = 0",
        team_id,
        user_ids,
    )
    return [TeamMember(*row) for row in rows]


async def list_memberships(db: Executor, user_id: str) -> list[TeamMember]:
    """All memberships of a user, ended ones too."""
    rows = await db.fetch(f"SELECT {MEMBER_COLUMNS} FROM teammembers WHERE userid = $1 ORDER BY teamid", user_id)
    return [TeamMember(*row) for row in rows]


async def list_outside_groups(
    db: Executor, team_id: str, group_ids: list[str], offset: int, limit: int
) -> tuple[list[TeamMember], int]:
    """Present members who are in none of the groups, by username, and how many there are in all."""
    condition = """m.teamid = $1 AND m.deleteat = 0 AND u.deleteat = 0
        AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id)
        AND NOT EXISTS (
            SELECT 1 FROM groupmembers g WHERE g.userid = u.id AND g.groupid = ANY($2) AND g.deleteat = 0)"""
    rows = await db.fetch(
        f"{_MEMBERS} WHERE {condition} ORDER BY u.username LIMIT $3 OFFSET $4", team_id, group_ids, limit, offset
    )
    total = await db.fetchval(
        f"SELECT count(*) FROM teammembers m JOIN users u ON u.id = m.userid WHERE {condition}", team_id, group_ids
    )
    return [TeamMember(*row) for row in rows], total


async def end_membership(db: Executor, team_id: str, user_id: str, now: int) -> bool:
    """Whether there was a present membership to end."""
    done = await db.fetchval(
        """UPDATE teammembers SET deleteat = $3, roles = ''
           WHERE teamid = $1 AND userid = $2 AND deleteat = 0 RETURNING 1""",
        team_id,
        user_id,
        now,
    )
    return done is not None


async def update_roles(db: Executor, member: TeamMember) -> None:
    """Writes a member's roles."""
    await db.execute(
        """UPDATE teammembers SET roles = $3, schemeguest = $4, schemeuser = $5, schemeadmin = $6
           WHERE teamid = $1 AND userid = $2""",
        member.team_id,
        member.user_id,
        member.explicit_roles,
        member.scheme_guest,
        member.scheme_user,
        member.scheme_admin,
    )


async def count_members(db: Executor, team_id: str) -> TeamStats:
    """Members, and those of them with an account in use."""
    row = await db.fetchrow(
        """SELECT count(*), count(*) FILTER (WHERE u.deleteat = 0) FROM teammembers m JOIN users u ON u.id = m.userid
           WHERE m.teamid = $1 AND m.deleteat = 0""",
        team_id,
    )
    return TeamStats(team_id, *row) if row else TeamStats(team_id, 0, 0)


async def list_unread(db: Executor, user_id: str, team_id: str | None, without: str) -> list[TeamUnread]:
    """What a user has not read, by team; a muted channel counts its mentions only."""
    rows = await db.fetch(
        """SELECT c.teamid,
               sum(CASE WHEN muted THEN 0 ELSE GREATEST(c.totalmsgcount - m.msgcount, 0) END)::bigint,
               sum(m.mentioncount)::bigint, sum(COALESCE(m.mentioncountroot, 0))::bigint,
               sum(CASE WHEN muted THEN 0
                   ELSE GREATEST(COALESCE(c.totalmsgcountroot, 0) - COALESCE(m.msgcountroot, 0), 0) END)::bigint
           FROM channelmembers m
           CROSS JOIN LATERAL (SELECT m.notifyprops->>'mark_unread' = 'mention' AS muted) AS p
           JOIN channels c ON c.id = m.channelid AND c.deleteat = 0
           JOIN teammembers t ON t.teamid = c.teamid AND t.userid = m.userid AND t.deleteat = 0
           WHERE m.userid = $1 AND ($2::text IS NULL OR c.teamid = $2) AND c.teamid <> $3
           GROUP BY c.teamid""",
        user_id,
        team_id,
        without,
    )
    return [TeamUnread(*row) for row in rows]


async def count_unread_threads(db: Executor, user_id: str, team_ids: list[str]) -> dict[str, tuple[int, int]]:
    """By team: followed threads with something new, and the mentions in them."""
    rows = await db.fetch(
        """SELECT t.threadteamid, count(*), COALESCE(sum(m.unreadmentions), 0)::bigint
           FROM threadmemberships m JOIN threads t ON t.postid = m.postid
           WHERE m.userid = $1 AND m.following AND t.threadteamid = ANY($2) AND t.lastreplyat > m.lastviewed
               AND COALESCE(t.threaddeleteat, 0) = 0
           GROUP BY t.threadteamid""",
        user_id,
        team_ids,
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def list_in_groups(db: Executor, team_id: str, user_ids: set[str]) -> set[str]:
    """Those of the users who belong to a group that is linked to the team."""
    rows = await db.fetch(
        """SELECT DISTINCT gm.userid FROM groupteams gt
           JOIN groupmembers gm ON gm.groupid = gt.groupid AND gm.deleteat = 0
           WHERE gt.teamid = $1 AND gt.deleteat = 0 AND gm.userid = ANY($2)""",
        team_id,
        list(user_ids),
    )
    return {row[0] for row in rows}
