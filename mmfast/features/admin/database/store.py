"""SQL of the schema's history."""

from mmfast.db.executor import Executor
from mmfast.features.admin.database.types import Migration


async def list_migrations(db: Executor) -> list[Migration]:
    """The steps taken, the latest first."""
    rows = await db.fetch("SELECT version, name FROM db_migrations ORDER BY version DESC")
    return [Migration(*row) for row in rows]
