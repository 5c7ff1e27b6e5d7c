"""SQL of the Schemes table."""

from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.spaces.schemes.types import CHANNEL_ROLES, Scheme

COLUMNS = """id, name, displayname, description, createat, updateat, deleteat, scope, defaultteamadminrole,
    defaultteamuserrole, defaultchanneladminrole, defaultchanneluserrole, defaultteamguestrole,
    defaultchannelguestrole, defaultplaybookadminrole, defaultplaybookmemberrole, defaultrunadminrole,
    defaultrunmemberrole"""


async def find_scheme(db: Executor, scheme_id: str) -> Scheme | None:
    """The scheme, deleted or not."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM schemes WHERE id = $1", scheme_id)
    return Scheme(*row) if row else None


async def list_schemes(db: Executor, scope: str, offset: int, limit: int) -> list[Scheme]:
    """The schemes that are not deleted, of one scope or, with "", of all; the newest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM schemes WHERE deleteat = 0 AND ($1 = '' OR scope = $1)"
        " ORDER BY createat DESC LIMIT $2 OFFSET $3",
        scope,
        limit,
        offset,
    )
    return [Scheme(*row) for row in rows]


async def find_limiting_roles(db: Executor, names: Sequence[str]) -> dict[str, str]:
    """For roles of channel schemes, the role that their channel's members would have without that scheme."""
    rows = await db.fetch(
        """SELECT DISTINCT named.name, CASE named.name
                   WHEN s.defaultchanneladminrole THEN COALESCE(NULLIF(above.defaultchanneladminrole, ''), $2)
                   WHEN s.defaultchanneluserrole THEN COALESCE(NULLIF(above.defaultchanneluserrole, ''), $3)
                   ELSE COALESCE(NULLIF(above.defaultchannelguestrole, ''), $4) END
               FROM unnest($1::text[]) AS named(name)
               JOIN schemes s ON s.scope = 'channel' AND s.deleteat = 0 AND named.name IN
                   (s.defaultchanneladminrole, s.defaultchanneluserrole, s.defaultchannelguestrole)
               JOIN channels c ON c.schemeid = s.id
               JOIN teams t ON t.id = c.teamid
               LEFT JOIN schemes above ON above.id = t.schemeid AND above.deleteat = 0""",
        list(names),
        CHANNEL_ROLES.admin,
        CHANNEL_ROLES.user,
        CHANNEL_ROLES.guest,
    )
    return {row[0]: row[1] for row in rows}
