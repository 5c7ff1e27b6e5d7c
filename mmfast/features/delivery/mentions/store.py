"""SQL that finds out whom words mean. Reads the tables of users and members, and writes none."""

from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.delivery.mentions.types import Named


async def list_keywords(db: Executor, channel_id: str) -> list[tuple[str, str, bool, str]]:
    """Of the members who asked to be called by further words: id, first name, whether by that, and the words."""
    rows = await db.fetch(
        "SELECT u.id, COALESCE(u.firstname, ''), COALESCE(u.notifyprops->>'first_name', '') = 'true',"
        " COALESCE(u.notifyprops->>'mention_keys', '') FROM channelmembers m JOIN users u ON u.id = m.userid"
        " WHERE m.channelid = $1 AND u.deleteat = 0"
        " AND (u.notifyprops->>'first_name' = 'true' OR COALESCE(u.notifyprops->>'mention_keys', '') <> '')",
        channel_id,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def list_named(db: Executor, names: Sequence[str], channel_id: str, team_id: str) -> list[Named]:
    """The users of these names, and whether they are in the channel and the team."""
    rows = await db.fetch(
        "SELECT u.id, u.username, m.userid IS NOT NULL, t.userid IS NOT NULL, u.deleteat = 0, b.userid IS NOT NULL"
        " FROM users u LEFT JOIN channelmembers m ON m.channelid = $2 AND m.userid = u.id"
        " LEFT JOIN teammembers t ON t.teamid = $3 AND t.userid = u.id AND t.deleteat = 0"
        " LEFT JOIN bots b ON b.userid = u.id WHERE u.username = ANY($1::text[])",
        list(names),
        channel_id,
        team_id,
    )
    return [Named(*row) for row in rows]


async def count_members(db: Executor, channel_id: str) -> int:
    """How many members the channel has."""
    return await db.fetchval("SELECT count(*) FROM channelmembers WHERE channelid = $1", channel_id) or 0


async def list_hearers(db: Executor, channel_id: str) -> list[str]:
    """The members whom a mention of the whole channel means: those who did not decline it for the channel or at all."""
    rows = await db.fetch(
        "SELECT m.userid FROM channelmembers m JOIN users u ON u.id = m.userid WHERE m.channelid = $1"
        " AND u.deleteat = 0 AND CASE COALESCE(m.notifyprops->>'ignore_channel_mentions', 'default')"
        " WHEN 'on' THEN false WHEN 'off' THEN true"
        " ELSE COALESCE(u.notifyprops->>'channel', 'true') <> 'false' END",
        channel_id,
    )
    return [row[0] for row in rows]


async def list_member_ids(db: Executor, channel_id: str) -> list[str]:
    """All members of a (small) channel."""
    return [row[0] for row in await db.fetch("SELECT userid FROM channelmembers WHERE channelid = $1", channel_id)]
