"""SQL that counts what there is."""

from mmfast.db.executor import Executor


async def count_posts(db: Executor) -> int:
    """Posts that people wrote and that are not deleted."""
    count: int = await db.fetchval("SELECT count(*) FROM posts WHERE deleteat = 0 AND type = ''")
    return count


async def sum_file_sizes(db: Executor) -> int:
    """Bytes of all files that are not deleted."""
    total: int = await db.fetchval("SELECT COALESCE(sum(size), 0)::bigint FROM fileinfo WHERE deleteat = 0")
    return total


async def count_teams(db: Executor) -> int:
    """Teams that are not archived."""
    count: int = await db.fetchval("SELECT count(*) FROM teams WHERE deleteat = 0")
    return count
