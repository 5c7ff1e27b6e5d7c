"""SQL of what lines about roles, schemes, emojis, teams and channels say."""

from typing import Final

from mmfast.db.executor import Executor, Record

_SCHEME_NAME: Final = "(SELECT s.name FROM schemes s WHERE s.id = {0}.schemeid AND s.deleteat = 0) AS scheme"


async def list_roles(db: Executor) -> list[Record]:
    """Every role: name, displayname, description, permissions, schememanaged."""
    return await db.fetch(
        "SELECT name, displayname, description, permissions, schememanaged FROM roles WHERE deleteat = 0 ORDER BY name"
    )


async def list_schemes(db: Executor) -> list[Record]:
    """Every scheme, with the names of its roles."""
    return await db.fetch("SELECT * FROM schemes WHERE deleteat = 0 ORDER BY name")


async def list_emojis(db: Executor) -> list[Record]:
    """Every custom emoji: id, name."""
    return await db.fetch("SELECT id, name FROM emoji WHERE deleteat = 0 ORDER BY name")


async def list_teams(db: Executor, after: str, limit: int) -> list[Record]:
    """Teams whose name comes after another."""
    return await db.fetch(
        f"""SELECT t.name, t.displayname, t.type::text AS type, t.description, t.allowopeninvite,
              {_SCHEME_NAME.format("t")}
            FROM teams t WHERE t.deleteat = 0 AND t.name > $1 ORDER BY t.name LIMIT $2""",
        after,
        limit,
    )


async def list_channels(db: Executor, after: str, limit: int, *, archived: bool) -> list[Record]:
    """Public and private channels whose id comes after another, each with its team's name."""
    return await db.fetch(
        f"""SELECT c.id, t.name AS team, c.name, c.displayname, c.type::text AS type, c.header, c.purpose, c.deleteat,
              {_SCHEME_NAME.format("c")}
            FROM channels c JOIN teams t ON t.id = c.teamid AND t.deleteat = 0
            WHERE c.type IN ('O', 'P') AND (c.deleteat = 0 OR $3) AND c.id > $1 ORDER BY c.id LIMIT $2""",
        after,
        limit,
        archived,
    )
