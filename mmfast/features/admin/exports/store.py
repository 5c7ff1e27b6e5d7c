"""SQL of what an export must know as a whole."""

from mmfast.db.executor import Executor


async def count_posts(db: Executor) -> int:
    """How many posts there are, for the progress; roughly, as PostgreSQL's statistics know it, if there are many."""
    guess = await db.fetchval("SELECT reltuples::bigint FROM pg_class WHERE oid = 'posts'::regclass")
    if guess > 1_000_000:
        return int(guess)
    count: int = await db.fetchval("SELECT count(*) FROM posts WHERE deleteat = 0")
    return count
