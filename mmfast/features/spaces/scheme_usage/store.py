"""SQL that finds teams and channels by their scheme."""

from mmfast.db.executor import Executor
from mmfast.features.spaces.channels.store import COLUMNS as CHANNEL_COLUMNS
from mmfast.features.spaces.channels.store import channel_of
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.teams.store import COLUMNS as TEAM_COLUMNS
from mmfast.features.spaces.teams.types import Team, without_icon_time


async def list_teams(db: Executor, scheme_id: str, offset: int, limit: int) -> list[Team]:
    """A page of the teams that use a scheme, by name."""
    rows = await db.fetch(
        f"SELECT {TEAM_COLUMNS} FROM teams WHERE schemeid = $1 ORDER BY displayname LIMIT $2 OFFSET $3",
        scheme_id,
        limit,
        offset,
    )
    return [without_icon_time(Team(*row)) for row in rows]


async def list_channels(db: Executor, scheme_id: str, offset: int, limit: int) -> list[Channel]:
    """A page of the channels that use a scheme, by name."""
    rows = await db.fetch(
        f"SELECT {CHANNEL_COLUMNS} FROM channels WHERE schemeid = $1 ORDER BY displayname LIMIT $2 OFFSET $3",
        scheme_id,
        limit,
        offset,
    )
    return [channel_of(row) for row in rows]
