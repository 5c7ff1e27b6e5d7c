"""The schema: made on an empty database, recognised on one that the reference server made.

`schema/*.sql` holds the tables by domain, in the order of the file names; `seed/*.toml` what a new installation starts
with. A database is either empty, and then gets all of it in one transaction, or of exactly the version known here, and
then is used as it is; any other is refused and left untouched.
"""

from __future__ import annotations

from importlib.resources import files

from mmfast.db.errors import SchemaError
from mmfast.db.executor import Executor
from mmfast.db.migrations.seed import read_history, seed
from mmfast.db.pool import Database, Transaction

# Two servers that start on one empty database at once must not both create it. Any number will do; it is ours.
_ADVISORY_LOCK = 0x6D6D66617374
_OLDEST_POSTGRES = 13

# Where a configuration is kept in the database, its tables may be there before the schema is.
_BESIDE_THE_SCHEMA = ["configurations", "configurationfiles"]

SCHEMA_VERSION = max(number for number, _ in read_history())


async def get_schema_version(db: Executor) -> int:
    """The version that the database records, 0 when it is empty. SchemaError if its tables are somebody else's."""
    if await db.fetchval("select to_regclass('public.db_migrations') is not null"):
        return int(await db.fetchval("select coalesce(max(version), 0) from public.db_migrations"))
    table = await db.fetchval(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> all($1)"
        " order by tablename limit 1",
        _BESIDE_THE_SCHEMA,
    )
    if table is not None:
        raise SchemaError(f"the database is not empty and not a server's: it has a table {table} but no schema version")
    return 0


async def require_schema(db: Executor) -> None:
    """Raise SchemaError, saying in one line why, unless the database can be served as it is."""
    _require_version(await get_schema_version(db))


async def initialise(db: Database) -> bool:
    """Make the schema on an empty database, and tell whether it was made. Raises SchemaError like `require_schema`."""
    await _require_postgres(db)
    version = await get_schema_version(db)
    if version == 0:
        async with db.transaction() as tx:
            await tx.execute("select pg_advisory_xact_lock($1)", _ADVISORY_LOCK)
            version = await get_schema_version(tx)
            if version == 0:
                await _create(tx)
                return True
    _require_version(version)
    return False


async def _create(tx: Transaction) -> None:
    await tx.execute("set local search_path = public")
    for script in sorted(files(__name__).joinpath("schema").iterdir(), key=lambda entry: entry.name):
        if script.name.endswith(".sql"):
            await tx.execute(script.read_text("utf-8"))
    await seed(tx)


async def _require_postgres(db: Executor) -> None:
    version = int(await db.fetchval("select current_setting('server_version_num')")) // 10_000
    if version < _OLDEST_POSTGRES:
        raise SchemaError(f"PostgreSQL {version} is too old: version {_OLDEST_POSTGRES} or newer is needed")


def _require_version(version: int) -> None:
    if version > SCHEMA_VERSION:
        raise SchemaError(
            f"the database is of a newer server: its schema version is {version}, this server knows {SCHEMA_VERSION}"
        )
    if version < SCHEMA_VERSION:
        raise SchemaError(
            f"the database is of an older server: its schema version is {version}, this server needs {SCHEMA_VERSION};"
            " start Mattermost 11.6 on it once, which brings it there"
        )
