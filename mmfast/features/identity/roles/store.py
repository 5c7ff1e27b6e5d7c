"""SQL of the table Roles."""

from collections.abc import Sequence

from mmfast.db.executor import Executor, Record
from mmfast.features.identity.roles.types import Role

COLUMNS = (
    "id, name, COALESCE(displayname, ''), COALESCE(description, ''), COALESCE(createat, 0), COALESCE(updateat, 0),"
    " COALESCE(deleteat, 0), COALESCE(permissions, ''), COALESCE(schememanaged, false), COALESCE(builtin, false),"
    " NULLIF(schemeid, '')"
)


def _role(row: Record) -> Role:
    role = Role(*row)
    role.permissions = row[7].split()
    return role


async def list_all(db: Executor) -> list[Role]:
    """Every role."""
    return [_role(row) for row in await db.fetch(f"SELECT {COLUMNS} FROM roles ORDER BY name")]


async def find_by_id(db: Executor, role_id: str) -> Role | None:
    """The role with this id."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM roles WHERE id = $1", role_id)
    return _role(row) if row else None


async def list_by_names(db: Executor, names: Sequence[str]) -> list[Role]:
    """The roles of these names, those that exist."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM roles WHERE name = ANY($1::text[]) ORDER BY name", list(names))
    return [_role(row) for row in rows]


async def update_permissions(db: Executor, role: Role) -> None:
    """Writes the permissions of a role, and when they were changed."""
    await db.execute(
        "UPDATE roles SET permissions = $2, updateat = $3 WHERE id = $1",
        role.id,
        "".join(f" {p}" for p in role.permissions),
        role.update_at,
    )
