"""SQL of the table systems, where an installation notes facts about itself by name."""

from mmfast.db.executor import Executor
from mmfast.features.admin.system.types import Fact


async def find_fact(db: Executor, name: str) -> Fact | None:
    """The fact of a name."""
    row = await db.fetchrow("SELECT name, COALESCE(value, '') FROM systems WHERE name = $1", name)
    return None if row is None else Fact(*row)


async def save_fact(db: Executor, fact: Fact) -> None:
    """Notes a fact, in the place of what was noted under its name."""
    await db.execute(
        "INSERT INTO systems (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
        fact.name,
        fact.value,
    )
