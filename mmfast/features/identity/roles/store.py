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


async def insert(db: Executor, role: Role) -> None:
    """Writes a new role."""
    await db.execute(
        "INSERT INTO roles (id, name, displayname, description, createat, updateat, deleteat, permissions,"
        " schememanaged, builtin, schemeid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        role.id,
        role.name,
        role.display_name,
        role.description,
        role.create_at,
        role.update_at,
        role.delete_at,
        "".join(f" {p}" for p in role.permissions),
        role.scheme_managed,
        role.built_in,
        role.scheme_id,
    )


async def delete_by_names(db: Executor, names: Sequence[str], now: int) -> None:
    """Marks roles as deleted."""
    await db.execute("UPDATE roles SET deleteat = $2, updateat = $2 WHERE name = ANY($1::text[])", list(names), now)
