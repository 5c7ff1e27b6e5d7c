"""One query for many callers, and what its end means for each of them."""

import pytest
import trio
import trio.testing

from mmfast.db.batch import Batch
from mmfast.db.errors import DatabaseUnavailable


class Table:
    """A loader that can be held up, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.gate = trio.Event()
        self.error: Exception | None = None

    async def load(self, keys: list[str]) -> dict[str, str]:
        self.asked.append(keys)
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return {key: key.upper() for key in keys if key != "unknown"}


@pytest.fixture
def table() -> Table:
    return Table()


async def test_those_who_ask_while_a_query_runs_share_the_next(table):
    batch, found = Batch(table.load), {}

    async def ask(key):
        found[key] = await batch.find(key)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask, "a")
        await trio.testing.wait_all_tasks_blocked()
        for key in ("b", "c", "unknown"):
            nursery.start_soon(ask, key)
        await trio.testing.wait_all_tasks_blocked()
        table.gate.set()
    assert found == {"a": "A", "b": "B", "c": "C", "unknown": None}
    assert table.asked[0] == ["a"]
    assert sorted(table.asked[1]) == ["b", "c", "unknown"]


async def test_others_are_answered_when_who_asked_for_them_gives_up(table):
    batch, found = Batch(table.load), []

    async def ask(scope, key):
        with scope:
            found.append(await batch.find(key))

    first, other = trio.CancelScope(), trio.CancelScope()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask, trio.CancelScope(), "before")
        await trio.testing.wait_all_tasks_blocked()
        nursery.start_soon(ask, first, "first")
        await trio.testing.wait_all_tasks_blocked()
        nursery.start_soon(ask, other, "other")
        await trio.testing.wait_all_tasks_blocked()
        first.cancel()
        await trio.testing.wait_all_tasks_blocked()
        table.gate.set()
    assert sorted(found) == ["BEFORE", "OTHER"]


async def test_all_learn_that_the_database_is_unavailable(table):
    batch, refused = Batch(table.load), []
    table.error = DatabaseUnavailable("gone")

    async def ask(key):
        with pytest.raises(DatabaseUnavailable):
            await batch.find(key)
        refused.append(key)

    async with trio.open_nursery() as nursery:
        for key in ("a", "b", "c"):
            nursery.start_soon(ask, key)
        await trio.testing.wait_all_tasks_blocked()
        table.gate.set()
    assert sorted(refused) == ["a", "b", "c"]
    assert len(table.asked) <= 2


async def test_later_questions_are_asked_anew(table):
    batch = Batch(table.load)
    table.gate.set()
    assert [await batch.find("a"), await batch.find("a")] == ["A", "A"]
    assert table.asked == [["a"], ["a"]]
