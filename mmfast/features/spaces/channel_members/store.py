"""SQL of ChannelMembers and ChannelMemberHistory."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Raw

from mmfast.db.executor import Executor
from mmfast.features.spaces.channel_members.types import ChannelMember

COLUMNS = """channelid, userid, '' AS roles, COALESCE(lastviewedat, 0), COALESCE(msgcount, 0),
    COALESCE(mentioncount, 0), COALESCE(mentioncountroot, 0), COALESCE(urgentmentioncount, 0),
    COALESCE(msgcountroot, 0), COALESCE(notifyprops, '{}')::text, COALESCE(lastupdateat, 0),
    COALESCE(schemeguest, false), COALESCE(schemeuser, false), COALESCE(schemeadmin, false), COALESCE(roles, ''),
    autotranslationdisabled"""

PREFIXED_COLUMNS = """m.channelid, m.userid, '' AS roles, COALESCE(m.lastviewedat, 0), COALESCE(m.msgcount, 0),
    COALESCE(m.mentioncount, 0), COALESCE(m.mentioncountroot, 0), COALESCE(m.urgentmentioncount, 0),
    COALESCE(m.msgcountroot, 0), COALESCE(m.notifyprops, '{}')::text, COALESCE(m.lastupdateat, 0),
    COALESCE(m.schemeguest, false), COALESCE(m.schemeuser, false), COALESCE(m.schemeadmin, false),
    COALESCE(m.roles, ''), m.autotranslationdisabled"""
"""`COLUMNS` for statements that join: the table's alias is m."""

_NOTIFY_PROPS = 9


def member_of(row: Iterable[Any]) -> ChannelMember:
    """The member in a row."""
    values = list(row)
    values[_NOTIFY_PROPS] = Raw(values[_NOTIFY_PROPS])
    return ChannelMember(*values)


async def find_member(db: Executor, channel_id: str, user_id: str) -> ChannelMember | None:
    """The membership, without its scheme's roles."""
    row = await db.fetchrow(
        f"SELECT {COLUMNS} FROM channelmembers WHERE channelid = $1 AND userid = $2", channel_id, user_id
    )
    return member_of(row) if row else None


async def insert_members(db: Executor, members: Sequence[ChannelMember]) -> list[str]:
    """Writes memberships of one channel and their history; gives the ids of those who were not in before."""
    if not members:
        return []
    first = members[0]
    rows = await db.fetch(
        """WITH added AS (
               INSERT INTO channelmembers (channelid, userid, roles, lastviewedat, msgcount, mentioncount, notifyprops,
                   lastupdateat, schemeuser, schemeadmin, schemeguest, mentioncountroot, msgcountroot,
                   urgentmentioncount)
               SELECT $1, u.id, '', 0, 0, 0, $2::text::jsonb, $3, NOT u.guest, u.admin, u.guest, 0, 0, 0
               FROM unnest($4::text[], $5::bool[], $6::bool[]) AS u (id, guest, admin)
               ON CONFLICT DO NOTHING RETURNING userid),
           history AS (
               INSERT INTO channelmemberhistory (channelid, userid, jointime) SELECT $1, userid, $3 FROM added
               ON CONFLICT DO NOTHING)
           SELECT userid FROM added""",
        first.channel_id,
        bytes(first.notify_props).decode(),
        first.last_update_at,
        [member.user_id for member in members],
        [member.scheme_guest for member in members],
        [member.scheme_admin for member in members],
    )
    return [row[0] for row in rows]


async def delete_member(db: Executor, channel_id: str, user_id: str, now: int) -> bool:
    """Whether there was a membership to end; its history says until when it lasted."""
    done = await db.fetchval(
        """WITH gone AS (DELETE FROM channelmembers WHERE channelid = $1 AND userid = $2 RETURNING userid),
           history AS (
               UPDATE channelmemberhistory SET leavetime = $3
               WHERE channelid = $1 AND userid = $2 AND leavetime IS NULL)
           SELECT count(*) FROM gone""",
        channel_id,
        user_id,
        now,
    )
    return bool(done)


async def load_for_hub(db: Executor, user_ids: list[str]) -> dict[str, tuple[list[str], list[str]]]:
    """By user, the ids of the channels and of the teams whose events the user hears."""
    rows = await db.fetch(
        """SELECT userid, channelid, true FROM channelmembers WHERE userid = ANY($1::text[])
           UNION ALL SELECT userid, teamid, false FROM teammembers WHERE userid = ANY($1::text[]) AND deleteat = 0""",
        user_ids,
    )
    found: dict[str, tuple[list[str], list[str]]] = {user_id: ([], []) for user_id in user_ids}
    for user_id, place_id, is_channel in rows:
        found[user_id][0 if is_channel else 1].append(place_id)
    return found


async def list_members(db: Executor, channel_id: str, offset: int, limit: int) -> list[ChannelMember]:
    """A page of the channel's members, by user id."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM channelmembers WHERE channelid = $1 ORDER BY userid LIMIT $3 OFFSET $2",
        channel_id,
        offset,
        limit,
    )
    return [member_of(row) for row in rows]


async def list_members_by_ids(db: Executor, channel_id: str, user_ids: Sequence[str]) -> list[ChannelMember]:
    """Those of these users who are in the channel, in the order of the ids."""
    rows = await db.fetch(
        f"""SELECT {COLUMNS} FROM channelmembers WHERE channelid = $1 AND userid = ANY($2)
            ORDER BY array_position($2, userid::text)""",
        channel_id,
        list(user_ids),
    )
    return [member_of(row) for row in rows]


async def list_memberships(db: Executor, team_id: str, user_id: str) -> list[ChannelMember]:
    """The user's memberships in the team's channels and in direct and group channels, archived ones left out."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS} FROM channelmembers m JOIN channels c ON c.id = m.channelid
            WHERE m.userid = $2 AND c.deleteat = 0 AND (c.teamid = $1 OR c.teamid = '' OR c.teamid IS NULL)""",
        team_id,
        user_id,
    )
    return [member_of(row) for row in rows]


async def list_all_memberships(
    db: Executor, user_id: str, offset: int, limit: int
) -> list[tuple[ChannelMember, str, str, int]]:
    """A page of all the user's memberships, each with its team's display name, name and time of change."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS}, COALESCE(t.displayname, ''), COALESCE(t.name, ''), COALESCE(t.updateat, 0)
            FROM channelmembers m JOIN channels c ON c.id = m.channelid LEFT JOIN teams t ON t.id = c.teamid
            WHERE m.userid = $1 ORDER BY m.channelid LIMIT $3 OFFSET $2""",
        user_id,
        offset,
        limit,
    )
    return [(member_of(list(row)[:-3]), row[-3], row[-2], row[-1]) for row in rows]


async def update_roles(db: Executor, member: ChannelMember) -> None:
    """Writes explicit roles, scheme flags and the time of the change."""
    await db.execute(
        """UPDATE channelmembers SET roles = $3, schemeuser = $4, schemeadmin = $5, schemeguest = $6, lastupdateat = $7
           WHERE channelid = $1 AND userid = $2""",
        member.channel_id,
        member.user_id,
        member.explicit_roles,
        member.scheme_user,
        member.scheme_admin,
        member.scheme_guest,
        member.last_update_at,
    )


async def list_members_with_prop(db: Executor, channel_id: str, name: str, value: str) -> list[str]:
    """The ids of the members who have this notification setting."""
    rows = await db.fetch(
        "SELECT userid FROM channelmembers WHERE channelid = $1 AND notifyprops ->> $2 = $3", channel_id, name, value
    )
    return [row[0] for row in rows]


async def merge_notify_props(db: Executor, channel_id: str, user_id: str, props: str, now: int) -> bool:
    """Whether there is such a member; the given settings replace or join the present ones."""
    done = await db.fetchval(
        """UPDATE channelmembers SET notifyprops = COALESCE(notifyprops, '{}') || $3::text::jsonb, lastupdateat = $4
           WHERE channelid = $1 AND userid = $2 RETURNING 1""",
        channel_id,
        user_id,
        props,
        now,
    )
    return done is not None


async def count_members(db: Executor, channel_id: str) -> tuple[int, int, int]:
    """Members with an account in use, guests among them, and pinned posts."""
    row = await db.fetchrow(
        """SELECT count(*), count(*) FILTER (WHERE m.schemeguest),
               (SELECT count(*) FROM posts p WHERE p.channelid = $1 AND p.ispinned AND p.deleteat = 0)
           FROM channelmembers m JOIN users u ON u.id = m.userid WHERE m.channelid = $1 AND u.deleteat = 0""",
        channel_id,
    )
    assert row is not None  # an aggregate always has a row
    return row[0], row[1], row[2]


async def count_files(db: Executor, channel_id: str) -> int:
    """How many files are attached to the channel's posts."""
    count: int = await db.fetchval(
        "SELECT count(*) FROM fileinfo WHERE channelid = $1 AND deleteat = 0 AND postid <> ''", channel_id
    )
    return count


async def count_members_of(db: Executor, channel_ids: Sequence[str]) -> dict[str, int]:
    """How many members with an account in use each channel has."""
    rows = await db.fetch(
        """SELECT m.channelid, count(*) FROM channelmembers m JOIN users u ON u.id = m.userid
           WHERE m.channelid = ANY($1) AND u.deleteat = 0 GROUP BY m.channelid""",
        list(channel_ids),
    )
    return {row[0]: row[1] for row in rows}


async def list_timezones(db: Executor, channel_id: str) -> list[str]:
    """The time zones that the channel's members live in, each once."""
    rows = await db.fetch(
        """SELECT DISTINCT CASE WHEN u.timezone->>'useAutomaticTimezone' = 'true'
               THEN u.timezone->>'automaticTimezone' ELSE u.timezone->>'manualTimezone' END AS zone
           FROM channelmembers m JOIN users u ON u.id = m.userid WHERE m.channelid = $1 AND u.deleteat = 0""",
        channel_id,
    )
    return sorted(row[0] for row in rows if row[0])


async def find_post_channel(db: Executor, post_id: str) -> str | None:
    """The channel of a post that is not deleted: adding somebody from a thread names the thread."""
    channel_id: str | None = await db.fetchval("SELECT channelid FROM posts WHERE id = $1 AND deleteat = 0", post_id)
    return channel_id


async def list_active_user_ids(db: Executor, channel_id: str) -> list[str]:
    """The ids of the members with an account in use."""
    rows = await db.fetch(
        """SELECT m.userid FROM channelmembers m JOIN users u ON u.id = m.userid
           WHERE m.channelid = $1 AND u.deleteat = 0 ORDER BY m.userid""",
        channel_id,
    )
    return [row[0] for row in rows]


async def is_in_channel_groups(db: Executor, channel_id: str, user_id: str) -> bool:
    """Whether the user belongs to a group that is linked to the channel."""
    found = await db.fetchval(
        """SELECT 1 FROM groupchannels gc JOIN groupmembers gm ON gm.groupid = gc.groupid AND gm.deleteat = 0
           WHERE gc.channelid = $1 AND gc.deleteat = 0 AND gm.userid = $2 LIMIT 1""",
        channel_id,
        user_id,
    )
    return found is not None


async def delete_memberships(db: Executor, team_id: str, user_id: str, now: int) -> list[str]:
    """Ends the user's memberships in the team's channels; gives the channels' ids."""
    rows = await db.fetch(
        """WITH gone AS (
               DELETE FROM channelmembers m USING channels c
               WHERE m.userid = $2 AND c.id = m.channelid AND c.teamid = $1 RETURNING m.channelid),
           history AS (
               UPDATE channelmemberhistory h SET leavetime = $3 FROM gone
               WHERE h.channelid = gone.channelid AND h.userid = $2 AND h.leavetime IS NULL)
           SELECT channelid FROM gone""",
        team_id,
        user_id,
        now,
    )
    return [row[0] for row in rows]


async def promote_guest(db: Executor, user_id: str, now: int) -> list[str]:
    """Makes a guest's memberships a user's; gives the channels' ids."""
    rows = await db.fetch(
        """UPDATE channelmembers SET schemeguest = false, schemeuser = true, lastupdateat = $2
           WHERE userid = $1 AND schemeguest RETURNING channelid""",
        user_id,
        now,
    )
    return [row[0] for row in rows]
