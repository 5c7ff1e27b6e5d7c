"""SQL of the schema's history, and of what hangs together across tables."""

from mmfast.db.executor import Executor
from mmfast.features.admin.database.types import Migration, Orphan, Relation


async def list_migrations(db: Executor) -> list[Migration]:
    """The steps taken, the latest first."""
    rows = await db.fetch("SELECT version, name FROM db_migrations ORDER BY version DESC")
    return [Migration(*row) for row in rows]


async def list_orphans(db: Executor, relation: Relation, limit: int) -> list[Orphan]:
    """Rows of the child table whose parent is not there, at most `limit`."""
    child, parent, column = relation.child_name, relation.parent_name, relation.parent_id_attr
    rows = await db.fetch(
        f"SELECT c.{column}, c.{relation.child_id_attr} FROM {child} c LEFT JOIN {parent} p ON p.id = c.{column}"
        f" WHERE p.id IS NULL AND c.{column} <> '' ORDER BY 1, 2 LIMIT $1",
        limit,
    )
    return [Orphan(*row) for row in rows]
