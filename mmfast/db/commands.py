"""What `mmfast db` does: the work behind the commands, without their options and printing."""

from __future__ import annotations

from dataclasses import dataclass

from mmfast.db.migrations import SCHEMA_VERSION, get_schema_version, initialise
from mmfast.db.pool import Database, PoolLimits

_ONE_CONNECTION = PoolLimits(max_open=1, max_idle=1, query_timeout=0)


@dataclass(frozen=True)
class SchemaReport:
    """`found` is 0 for an empty database; `created` tells whether the command made the schema."""

    found: int
    needed: int
    created: bool = False


async def db_init(dsn: str) -> SchemaReport:
    """Make the schema on an empty database; on one that has it already, do nothing."""
    async with Database.open(dsn, _ONE_CONNECTION) as db:
        created = await initialise(db)
        return SchemaReport(await get_schema_version(db), SCHEMA_VERSION, created)


async def db_migrate(dsn: str) -> SchemaReport:
    """Bring the database to this server's schema. So far there is one schema, so only an empty database changes."""
    return await db_init(dsn)


async def db_version(dsn: str) -> SchemaReport:
    """Which schema the database has, and which this server needs. Changes nothing."""
    async with Database.open(dsn, _ONE_CONNECTION) as db:
        return SchemaReport(await get_schema_version(db), SCHEMA_VERSION)
