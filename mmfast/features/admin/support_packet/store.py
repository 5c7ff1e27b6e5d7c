"""SQL about the database itself."""

from mmfast.db.executor import Executor


async def get_database_version(db: Executor) -> str:
    """As the database calls itself."""
    version: str = await db.fetchval("SELECT version()")
    return version
