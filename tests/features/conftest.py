"""Fixtures for features: a whole worker on a database of its own, without sockets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mmfast.api.context import App
from mmfast.api.dispatch import Dispatcher
from mmfast.db.pool import Database
from mmfast.features.identity.passwords import service as passwords
from mmfast.platform.config.store import ConfigStore
from mmfast.server import running_app
from tests.client import Client


@pytest.fixture
async def server(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[App, Dispatcher]]:
    """The parts of a worker and its dispatcher. Passwords cost little here, so that tests are quick."""
    monkeypatch.setattr(passwords, "ROUNDS", 1000)
    config = await ConfigStore.open(None, tmp_path)
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
