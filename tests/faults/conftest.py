"""Servers whose processes are killed."""

import functools
import inspect
from pathlib import Path

import pytest
import trio

from mmfast.core.ids import new_id
from tests.faults.caller import Caller
from tests.running import running_server

FOLDER = Path(__file__).parent

DEADLINE = 60
"""Seconds for one test; a restart of PostgreSQL or of a worker takes two."""


def pytest_collection_modifyitems(items):
    for item in items:
        if FOLDER in item.path.parents and inspect.iscoroutinefunction(item.obj):
            item.obj = bounded(item.obj)


def bounded(test):
    """The test, which then does not wait for ever for what does not come. (A fixture cannot end its test.)"""

    @functools.wraps(test)
    async def run(**fixtures):
        with trio.fail_after(DEADLINE):
            await test(**fixtures)

    return run


@pytest.fixture(scope="package")
def alone():
    """A server in one process."""
    with running_server("--workers", "1") as server:
        yield server


@pytest.fixture(scope="package")
def several():
    """A server of two workers."""
    with running_server("--workers", "2") as server:
        yield server


@pytest.fixture
async def caller(alone):
    """A new account on the server of one process."""
    caller = Caller(alone.port)
    async with caller.client:
        await caller.sign_up_and_in("a" + new_id()[:10])
        yield caller
