"""Looks up many names at once, deleted things too: an import brings nothing back that was deleted here."""

from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.admin.import_names.types import Person
from mmfast.features.spaces.channels.store import PREFIXED_COLUMNS, channel_of
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.schemes.store import COLUMNS as SCHEME_COLUMNS
from mmfast.features.spaces.schemes.types import Scheme
from mmfast.features.spaces.teams.store import COLUMNS as TEAM_COLUMNS
from mmfast.features.spaces.teams.types import Team, without_icon_time


async def list_teams(db: Executor, names: Sequence[str]) -> list[Team]:
    """The teams of these names."""
    rows = await db.fetch(f"SELECT {TEAM_COLUMNS} FROM teams WHERE name = ANY($1::text[])", list(names))
    return [without_icon_time(Team(*row)) for row in rows]


async def list_channels(db: Executor, keys: Sequence[tuple[str, str]]) -> list[Channel]:
    """The channels of these pairs of team id and name; direct and group channels have the team ""."""
    rows = await db.fetch(
        f"SELECT {PREFIXED_COLUMNS} FROM channels c JOIN unnest($1::text[], $2::text[]) AS k(team, name)"
        " ON c.teamid = k.team AND c.name = k.name",
        [team_id for team_id, _ in keys],
        [name for _, name in keys],
    )
    return [channel_of(row) for row in rows]


async def list_people(db: Executor, usernames: Sequence[str]) -> list[Person]:
    """The accounts of these usernames."""
    rows = await db.fetch(
        "SELECT id, username, COALESCE(roles, ''), COALESCE(createat, 0) FROM users WHERE username = ANY($1::text[])",
        list(usernames),
    )
    return [Person(*row) for row in rows]


async def list_owners_of_emails(db: Executor, emails: Sequence[str]) -> dict[str, str]:
    """The usernames that have these addresses, by address."""
    rows = await db.fetch("SELECT email, username FROM users WHERE email = ANY($1::text[])", list(emails))
    return {row[0]: row[1] for row in rows}


async def list_schemes(db: Executor, names: Sequence[str]) -> list[Scheme]:
    """The schemes of these names."""
    rows = await db.fetch(f"SELECT {SCHEME_COLUMNS} FROM schemes WHERE name = ANY($1::text[])", list(names))
    return [Scheme(*row) for row in rows]


async def list_role_names(db: Executor, names: Sequence[str]) -> set[str]:
    """Those of these roles that exist."""
    rows = await db.fetch(
        "SELECT name FROM roles WHERE name = ANY($1::text[]) AND COALESCE(deleteat, 0) = 0", list(names)
    )
    return {row[0] for row in rows}
