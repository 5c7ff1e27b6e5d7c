"""SQL of lists of channels."""

from collections.abc import Sequence

from msgspec.structs import asdict

from mmfast.db.executor import Executor, Record
from mmfast.features.spaces.channel_lists.types import AllChannelsQuery
from mmfast.features.spaces.channels.store import COLUMNS, PREFIXED_COLUMNS, channel_of
from mmfast.features.spaces.channels.types import Channel, ChannelWithTeam

TEAM_COLUMNS = "COALESCE(t.displayname, ''), COALESCE(t.name, ''), COALESCE(t.updateat, 0)"


def with_team(row: Record) -> ChannelWithTeam:
    """The channel and team in a row of `PREFIXED_COLUMNS` and `TEAM_COLUMNS`."""
    *_, display_name, name, update_at = row
    return ChannelWithTeam(
        **asdict(channel_of(row)), team_display_name=display_name, team_name=name, team_update_at=update_at
    )


async def list_team_channels(db: Executor, team_id: str, kind: str, offset: int, limit: int) -> list[Channel]:
    """A page of the team's channels of one type, by display name."""
    rows = await db.fetch(
        f"""SELECT {COLUMNS} FROM channels WHERE teamid = $1 AND type = $2::text::channel_type AND deleteat = 0
            ORDER BY displayname, id LIMIT $4 OFFSET $3""",
        team_id,
        kind,
        offset,
        limit,
    )
    return [channel_of(row) for row in rows]


async def list_archived_channels(
    db: Executor, team_id: str, user_id: str, everything: bool, offset: int, limit: int
) -> list[Channel]:
    """A page of the team's archived channels: of private ones those that the user is in, or everything."""
    rows = await db.fetch(
        f"""SELECT {COLUMNS} FROM channels c WHERE teamid = $1 AND deleteat <> 0 AND ($3 OR type = 'O' OR EXISTS (
                SELECT 1 FROM channelmembers m WHERE m.channelid = c.id AND m.userid = $2))
            ORDER BY displayname, id LIMIT $5 OFFSET $4""",
        team_id,
        user_id,
        everything,
        offset,
        limit,
    )
    return [channel_of(row) for row in rows]


async def list_public_channels_by_ids(db: Executor, team_id: str, channel_ids: Sequence[str]) -> list[Channel]:
    """Those of the channels that are public ones of the team, by display name."""
    rows = await db.fetch(
        f"""SELECT {COLUMNS} FROM channels WHERE teamid = $1 AND id = ANY($2) AND type = 'O' AND deleteat = 0
            ORDER BY displayname, id""",
        team_id,
        list(channel_ids),
    )
    return [channel_of(row) for row in rows]


async def list_own_channels(
    db: Executor, user_id: str, team_id: str | None, include_deleted: bool, last_delete_at: int
) -> list[Channel]:
    """The user's channels in a team and their direct and group channels by display name; with no team, all."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS} FROM channelmembers m JOIN channels c ON c.id = m.channelid
            WHERE m.userid = $1 AND ($2::text IS NULL OR c.teamid = $2 OR c.teamid = '' OR c.teamid IS NULL)
              AND (c.deleteat = 0 OR ($3 AND c.deleteat >= $4))
            ORDER BY c.displayname, c.id""",
        user_id,
        team_id,
        include_deleted,
        last_delete_at,
    )
    return [channel_of(row) for row in rows]


_ALL = """FROM channels c JOIN teams t ON t.id = c.teamid
    WHERE c.type IN ('O', 'P') AND (c.deleteat = 0 OR $1) AND c.name <> ALL($2) AND ($3 = '' OR NOT EXISTS (
        SELECT 1 FROM groupchannels g WHERE g.channelid = c.id AND g.groupid = $3 AND g.deleteat = 0))"""


async def list_all_channels(db: Executor, query: AllChannelsQuery, left_out: Sequence[str]) -> list[ChannelWithTeam]:
    """A page of all teams' channels, by display name, without those of the names left out."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS}, {TEAM_COLUMNS} {_ALL}
            ORDER BY c.displayname, t.displayname, c.id LIMIT $5 OFFSET $4""",
        query.include_deleted,
        list(left_out),
        query.not_associated_to_group,
        query.offset,
        query.limit,
    )
    return [with_team(row) for row in rows]


async def count_all_channels(db: Executor, query: AllChannelsQuery, left_out: Sequence[str]) -> int:
    """How long the list of all pages of `list_all_channels` is."""
    count: int = await db.fetchval(
        f"SELECT count(*) {_ALL}", query.include_deleted, list(left_out), query.not_associated_to_group
    )
    return count
