"""SQL of Channels and PublicChannels.

PublicChannels repeats the public ones; the reference searches there, so it is kept in step.
"""

from collections.abc import Sequence

from mmfast.db.executor import Executor, Record
from mmfast.features.spaces.channels.types import PUBLIC, Channel, raw_or_none
from mmfast.platform.cache import CacheKind

CHANNELS: CacheKind[str, Channel | None] = CacheKind("channels", size=100_000)
"""Channels by id. Their counters may lag behind."""

COLUMNS = """id, createat, updateat, deleteat, COALESCE(teamid, ''), type::text, COALESCE(displayname, ''), name,
    COALESCE(header, ''), COALESCE(purpose, ''), COALESCE(lastpostat, 0), COALESCE(totalmsgcount, 0),
    COALESCE(extraupdateat, 0), COALESCE(creatorid, ''), schemeid, groupconstrained, shared,
    COALESCE(totalmsgcountroot, 0), COALESCE(lastrootpostat, 0), bannerinfo::text, defaultcategoryname,
    autotranslation"""

PREFIXED_COLUMNS = """c.id, c.createat, c.updateat, c.deleteat, COALESCE(c.teamid, ''), c.type::text,
    COALESCE(c.displayname, ''), c.name, COALESCE(c.header, ''), COALESCE(c.purpose, ''), COALESCE(c.lastpostat, 0),
    COALESCE(c.totalmsgcount, 0), COALESCE(c.extraupdateat, 0), COALESCE(c.creatorid, ''), c.schemeid,
    c.groupconstrained, c.shared, COALESCE(c.totalmsgcountroot, 0), COALESCE(c.lastrootpostat, 0),
    c.bannerinfo::text, c.defaultcategoryname, c.autotranslation"""
"""`COLUMNS` for statements that join: the table's alias is c."""

COLUMN_COUNT = 22
_BANNER = 19


def channel_of(row: Record) -> Channel:
    """The channel in the first columns of a row."""
    values = list(row)[:COLUMN_COUNT]
    values[_BANNER] = raw_or_none(values[_BANNER])
    return Channel(*values)


async def find_channel(db: Executor, channel_id: str) -> Channel | None:
    """The channel, archived or not."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM channels WHERE id = $1", channel_id)
    return channel_of(row) if row else None


async def find_channels(db: Executor, channel_ids: Sequence[str]) -> list[Channel]:
    """The channels with these ids, archived or not, in no order."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM channels WHERE id = ANY($1)", list(channel_ids))
    return [channel_of(row) for row in rows]


async def find_channel_by_name(db: Executor, team_id: str, name: str, include_deleted: bool) -> Channel | None:
    """The channel of this name in the team; direct and group channels have the team ""."""
    row = await db.fetchrow(
        f"SELECT {COLUMNS} FROM channels WHERE teamid = $1 AND name = $2 AND (deleteat = 0 OR $3)",
        team_id,
        name,
        include_deleted,
    )
    return channel_of(row) if row else None


async def list_channels_of_team(db: Executor, team_id: str) -> list[Channel]:
    """All channels of a team, archived ones too."""
    return [channel_of(row) for row in await db.fetch(f"SELECT {COLUMNS} FROM channels WHERE teamid = $1", team_id)]


async def find_channels_by_names(db: Executor, team_id: str, names: Sequence[str]) -> list[Channel]:
    """The unarchived channels of these names, in the order of the names."""
    rows = await db.fetch(
        f"""SELECT {COLUMNS} FROM channels WHERE teamid = $1 AND name = ANY($2) AND deleteat = 0
            ORDER BY array_position($2, name::text)""",
        team_id,
        list(names),
    )
    return [channel_of(row) for row in rows]


async def count_channels(db: Executor, team_id: str) -> int:
    """How many public and private channels, not archived, the team has."""
    count: int = await db.fetchval(
        "SELECT count(*) FROM channels WHERE teamid = $1 AND type IN ('O', 'P') AND deleteat = 0", team_id
    )
    return count


async def insert_channel(db: Executor, channel: Channel) -> bool:
    """Whether the row could be written: false where the name is taken."""
    done = await db.fetchval(
        """INSERT INTO channels (id, createat, updateat, deleteat, teamid, type, displayname, name, header, purpose,
               lastpostat, totalmsgcount, extraupdateat, creatorid, schemeid, groupconstrained, shared,
               totalmsgcountroot, lastrootpostat, bannerinfo, defaultcategoryname)
           VALUES ($1, $2, $3, 0, $4, $5::text::channel_type, $6, $7, $8, $9, 0, 0, 0, $10, $11, $12, $13, 0, 0,
               $14::text::jsonb, $15)
           ON CONFLICT DO NOTHING RETURNING 1""",
        channel.id,
        channel.create_at,
        channel.update_at,
        channel.team_id,
        channel.type,
        channel.display_name,
        channel.name,
        channel.header,
        channel.purpose,
        channel.creator_id,
        channel.scheme_id,
        channel.group_constrained,
        channel.shared,
        bytes(channel.banner_info).decode() if channel.banner_info is not None else None,
        channel.default_category_name,
    )
    if done is not None and channel.type == PUBLIC:
        await upsert_public_channel(db, channel)
    return done is not None


async def upsert_public_channel(db: Executor, channel: Channel) -> None:
    """Repeats a public channel in PublicChannels."""
    await db.execute(
        """INSERT INTO publicchannels (id, deleteat, teamid, displayname, name, header, purpose)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (id) DO UPDATE SET deleteat = $2, teamid = $3, displayname = $4, name = $5, header = $6,
               purpose = $7""",
        channel.id,
        channel.delete_at,
        channel.team_id,
        channel.display_name,
        channel.name,
        channel.header,
        channel.purpose,
    )


async def delete_public_channel(db: Executor, channel_id: str) -> None:
    """Takes a channel that is public no more out of PublicChannels."""
    await db.execute("DELETE FROM publicchannels WHERE id = $1", channel_id)


async def update_channel(db: Executor, channel: Channel) -> bool:
    """Writes a channel's properties, but no counters; false where the name is taken."""
    taken = await db.fetchval(
        "SELECT 1 FROM channels WHERE teamid = $1 AND name = $2 AND id <> $3", channel.team_id, channel.name, channel.id
    )
    if taken:
        return False
    await db.execute(
        """UPDATE channels SET updateat = $2, deleteat = $3, teamid = $4, type = $5::text::channel_type,
               displayname = $6, name = $7, header = $8, purpose = $9, schemeid = $10, groupconstrained = $11,
               bannerinfo = $12::text::jsonb, defaultcategoryname = $13, creatorid = $14
           WHERE id = $1""",
        channel.id,
        channel.update_at,
        channel.delete_at,
        channel.team_id,
        channel.type,
        channel.display_name,
        channel.name,
        channel.header,
        channel.purpose,
        channel.scheme_id,
        channel.group_constrained,
        bytes(channel.banner_info).decode() if channel.banner_info is not None else None,
        channel.default_category_name,
        channel.creator_id,
    )
    if channel.type == PUBLIC:
        await upsert_public_channel(db, channel)
    else:
        await delete_public_channel(db, channel.id)
    return True


async def delete_channel(db: Executor, channel_id: str) -> list[str]:
    """Deletes a channel and what belongs to it alone; gives the ids of its members."""
    rows = await db.fetch("DELETE FROM channelmembers WHERE channelid = $1 RETURNING userid", channel_id)
    for table in ("channelmemberhistory", "sidebarchannels", "channelbookmarks", "groupchannels"):
        await db.execute(f"DELETE FROM {table} WHERE channelid = $1", channel_id)
    await delete_public_channel(db, channel_id)
    await db.execute("DELETE FROM channels WHERE id = $1", channel_id)
    return [row[0] for row in rows]


async def count_members_outside(db: Executor, channel_id: str, team_id: str) -> int:
    """How many of the channel's members with an account in use are not in the team."""
    count: int = await db.fetchval(
        """SELECT count(*) FROM channelmembers m JOIN users u ON u.id = m.userid AND u.deleteat = 0
           WHERE m.channelid = $1 AND NOT EXISTS (
               SELECT 1 FROM teammembers t WHERE t.teamid = $2 AND t.userid = m.userid AND t.deleteat = 0)""",
        channel_id,
        team_id,
    )
    return count


async def list_members_outside(db: Executor, channel_id: str, team_id: str) -> list[str]:
    """The ids of the channel's members who are not in the team."""
    rows = await db.fetch(
        """SELECT m.userid FROM channelmembers m WHERE m.channelid = $1 AND NOT EXISTS (
               SELECT 1 FROM teammembers t WHERE t.teamid = $2 AND t.userid = m.userid AND t.deleteat = 0)""",
        channel_id,
        team_id,
    )
    return [row[0] for row in rows]


async def forget_sidebar(db: Executor, channel_id: str) -> None:
    """Takes the channel out of all sidebar categories: those of another team cannot hold it."""
    await db.execute("DELETE FROM sidebarchannels WHERE channelid = $1", channel_id)
