"""Fixtures that tests of several packages share."""

from __future__ import annotations

import os

import pytest

from mmfast.db.pool import Database
from mmfast.hot import IMPL
from tests import postgres


def pytest_report_header():
    """Which implementation of the hot paths is tested, and with which recordings."""
    return [f"hot paths: {IMPL}", f"reference: {os.environ.get('MMFAST_REFERENCE', 'none')}"]


def pytest_collection_modifyitems(items):
    """Leaves out what compares with the reference where its facts are not at hand."""
    if os.environ.get("MMFAST_REFERENCE"):
        return
    absent = pytest.mark.skip(reason="MMFAST_REFERENCE does not name the reference's facts")
    for item in items:
        if item.get_closest_marker("reference") or item.get_closest_marker("conformance"):
            item.add_marker(absent)


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
