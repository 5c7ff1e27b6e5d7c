"""The table `preferences`."""

from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.identity.preferences.types import Preference

COLUMNS: Final = "userid, category, name, value"


async def list_of_user(db: Executor, user_id: str) -> list[Preference]:
    """All of a user's preferences."""
    return [Preference(*row) for row in await db.fetch(f"SELECT {COLUMNS} FROM preferences WHERE userid = $1", user_id)]


async def list_of_category(db: Executor, user_id: str, category: str) -> list[Preference]:
    """A user's preferences of one category."""
    sql = f"SELECT {COLUMNS} FROM preferences WHERE userid = $1 AND category = $2"
    return [Preference(*row) for row in await db.fetch(sql, user_id, category)]


async def find(db: Executor, user_id: str, category: str, name: str) -> Preference | None:
    """One preference."""
    sql = f"SELECT {COLUMNS} FROM preferences WHERE userid = $1 AND category = $2 AND name = $3"
    row = await db.fetchrow(sql, user_id, category, name)
    return None if row is None else Preference(*row)


async def list_values(db: Executor, user_ids: list[str], category: str, name: str) -> dict[str, str]:
    """The values of one preference, by user."""
    sql = "SELECT userid, value FROM preferences WHERE userid = ANY($1::text[]) AND category = $2 AND name = $3"
    return {row[0]: row[1] or "" for row in await db.fetch(sql, user_ids, category, name)}


async def save(db: Executor, preferences: list[Preference]) -> None:
    """Stores all in one statement; the last of several with one key wins."""
    rows = {(p.user_id, p.category, p.name): p for p in preferences}.values()
    await db.execute(
        f"INSERT INTO preferences ({COLUMNS})"
        " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])"
        " ON CONFLICT (userid, category, name) DO UPDATE SET value = excluded.value",
        [p.user_id for p in rows],
        [p.category for p in rows],
        [p.name for p in rows],
        [p.value for p in rows],
    )


async def delete(db: Executor, user_id: str, preferences: list[Preference]) -> None:
    """Deletes by category and name; values do not matter."""
    await db.execute(
        "DELETE FROM preferences p USING unnest($2::text[], $3::text[]) AS d(category, name)"
        " WHERE p.userid = $1 AND p.category = d.category AND p.name = d.name",
        user_id,
        [p.category for p in preferences],
        [p.name for p in preferences],
    )
