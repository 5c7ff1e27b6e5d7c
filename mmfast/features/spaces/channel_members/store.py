"""SQL of ChannelMembers and ChannelMemberHistory."""

from collections.abc import Sequence

from msgspec import Raw

from mmfast.db.executor import Executor, Record
from mmfast.features.spaces.channel_members.types import ChannelMember

COLUMNS = """channelid, userid, '' AS roles, COALESCE(lastviewedat, 0), COALESCE(msgcount, 0),
    COALESCE(mentioncount, 0), COALESCE(mentioncountroot, 0), COALESCE(urgentmentioncount, 0),
    COALESCE(msgcountroot, 0), COALESCE(notifyprops, '{}')::text, COALESCE(lastupdateat, 0),
    COALESCE(schemeguest, false), COALESCE(schemeuser, false), COALESCE(schemeadmin, false), COALESCE(roles, ''),
    autotranslationdisabled"""

_NOTIFY_PROPS = 9


def member_of(row: Record) -> ChannelMember:
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
