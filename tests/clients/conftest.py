"""The server that the clients talk to: one for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import RunningServer, running_server

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.clients)


@pytest.fixture(scope="session")
def served() -> Iterator[RunningServer]:
    """A running server. Nothing may be logged as failed while the clients use it."""
    with running_server() as server:
        yield server
        assert "Traceback" not in server.log()
