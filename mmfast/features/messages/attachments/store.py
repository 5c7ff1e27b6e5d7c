"""SQL of the one row of Systems that belongs to attachments: the secret that seals what their actions carry."""

from mmfast.db.executor import Executor


async def get_secret(db: Executor, fresh: str) -> str:
    """The installation's secret; `fresh` becomes it where there is none."""
    value: str = await db.fetchval(
        "INSERT INTO systems (name, value) VALUES ('PostActionCookieSecret', $1)"
        " ON CONFLICT (name) DO UPDATE SET value = systems.value RETURNING value",
        fresh,
    )
    return value
