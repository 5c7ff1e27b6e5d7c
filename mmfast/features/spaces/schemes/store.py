"""SQL of the Schemes table."""

from mmfast.db.executor import Executor
from mmfast.features.spaces.schemes.types import Scheme

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
