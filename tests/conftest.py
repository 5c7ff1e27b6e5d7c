"""Fixtures that tests of several packages share."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mmfast.api.context import App
from mmfast.api.dispatch import Dispatcher
from mmfast.db.pool import Database
from mmfast.features.identity.passwords import service as passwords
from mmfast.hot import IMPL
from mmfast.platform.config.store import ConfigStore
from mmfast.server import running_app
from tests import postgres
from tests.client import Client


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


@pytest.fixture
async def server(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[App, Dispatcher]]:
    """The parts of a worker, without sockets, and its dispatcher. Passwords cost little, so that tests are quick.

    There is no mail server: a test that wants mails sets one up.
    """
    monkeypatch.setattr(passwords, "ROUNDS", 1000)
    config = await ConfigStore.open(None, tmp_path)
    await config.patch({"EmailSettings": {"SMTPServer": ""}})
    async with running_app(config, database, tmp_path) as parts:
        yield parts


@pytest.fixture
def app(server: tuple[App, Dispatcher]) -> App:
    return server[0]


@pytest.fixture
def nobody(server: tuple[App, Dispatcher]) -> Client:
    """A caller without a session."""
    return Client(server[1])


@pytest.fixture
async def admin(nobody: Client) -> Client:
    """The system administrator: the first account."""
    return await nobody.sign_up("sysadmin")
