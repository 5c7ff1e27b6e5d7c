"""Reads, for many posts at once, the rows of other tables that are shown with posts."""

from collections.abc import Sequence
from typing import Any

from mmfast.db.executor import Executor


async def list_priorities(db: Executor, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The priorities of those posts that have one."""
    rows = await db.fetch(
        "SELECT postid, channelid, priority, requestedack, persistentnotifications FROM postspriority"
        " WHERE postid = ANY($1::text[])",
        list(ids),
    )
    return {
        row[0]: {
            "priority": row[2],
            "requested_ack": row[3],
            "persistent_notifications": row[4],
            "PostId": row[0],
            "ChannelId": row[1],
        }
        for row in rows
    }


async def list_member_ids(db: Executor, channel_id: str) -> list[str]:
    """The members of a channel."""
    return [row[0] for row in await db.fetch("SELECT userid FROM channelmembers WHERE channelid = $1", channel_id)]


async def list_blind_members(db: Executor, channel_id: str, other_channel_id: str, team_id: str) -> list[str]:
    """The members of a channel who may not read another one: no members of it nor, where it is public, of its team."""
    rows = await db.fetch(
        "SELECT m.userid FROM channelmembers m WHERE m.channelid = $1"
        " AND NOT EXISTS (SELECT 1 FROM channelmembers o WHERE o.channelid = $2 AND o.userid = m.userid)"
        " AND (m.schemeguest OR NOT EXISTS (SELECT 1 FROM teammembers t"
        " WHERE t.teamid = $3 AND t.userid = m.userid AND t.deleteat = 0))",
        channel_id,
        other_channel_id,
        team_id,
    )
    return [row[0] for row in rows]
