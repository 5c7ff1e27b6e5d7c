"""SQL of the Schemes table."""

from mmfast.db.executor import Executor
from mmfast.features.spaces.schemes.types import Scheme

COLUMNS = """id, name, displayname, description, createat, updateat, deleteat, scope, defaultteamadminrole,
    defaultteamuserrole, defaultchanneladminrole, defaultchanneluserrole, defaultteamguestrole,
    defaultchannelguestrole, defaultplaybookadminrole, defaultplaybookmemberrole, defaultrunadminrole,
    '' AS defaultrunmemberrole"""


async def find_scheme(db: Executor, scheme_id: str) -> Scheme | None:
    """The scheme, deleted or not."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM schemes WHERE id = $1", scheme_id)
    return Scheme(*row) if row else None
