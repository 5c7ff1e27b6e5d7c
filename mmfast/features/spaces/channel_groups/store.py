"""SQL of a channel's members outside groups."""

from collections.abc import Sequence

from mmfast.db.executor import Executor

_OUTSIDE = """FROM channelmembers m JOIN users u ON u.id = m.userid AND u.deleteat = 0
    WHERE m.channelid = $1 AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id) AND NOT EXISTS (
        SELECT 1 FROM groupmembers g WHERE g.userid = u.id AND g.groupid = ANY($2) AND g.deleteat = 0)"""


async def list_members_outside(
    db: Executor, channel_id: str, group_ids: Sequence[str], offset: int, limit: int
) -> list[tuple[str, bool, bool, bool]]:
    """A page of the members in none of the groups, by username: id, and whether guest, user and admin."""
    rows = await db.fetch(
        f"""SELECT u.id, COALESCE(m.schemeguest, false), COALESCE(m.schemeuser, false),
                COALESCE(m.schemeadmin, false) {_OUTSIDE} ORDER BY u.username LIMIT $4 OFFSET $3""",
        channel_id,
        list(group_ids),
        offset,
        limit,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def count_members_outside(db: Executor, channel_id: str, group_ids: Sequence[str]) -> int:
    """How many members are in none of the groups."""
    count: int = await db.fetchval(f"SELECT count(*) {_OUTSIDE}", channel_id, list(group_ids))
    return count
