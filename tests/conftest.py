"""Fixtures that tests of several packages share."""

from __future__ import annotations

import pytest

from mmfast.db.pool import Database
from tests import postgres


@pytest.fixture(scope="session")
def postgres_server():
    """One embedded PostgreSQL for the run."""
    with postgres.open_folder() as folder, postgres.serving(folder) as server:
        yield server


@pytest.fixture
async def database_dsn(postgres_server):
    """The connection string of a fresh database with the schema and first rows."""
    dsn = await postgres_server.take_migrated()
    yield dsn
    await postgres_server.give_back(dsn)


@pytest.fixture
async def empty_dsn(postgres_server):
    """The connection string of a fresh database without tables."""
    dsn = await postgres_server.create_empty()
    yield dsn
    await postgres_server.drop(dsn)


@pytest.fixture
async def database(database_dsn):
    """A pool on a fresh database with the schema and first rows."""
    async with Database.open(database_dsn) as db:
        yield db
