"""A crash in one connection's task, in a whole worker: that connection ends, the others go on."""

from contextlib import asynccontextmanager

import pytest
import trio
import trio_websocket

from mmfast.api.context import Context
from mmfast.net.listener import Listener, ListenerSettings
from mmfast.realtime.actions import ACTIONS
from tests.faults.caller import asked, heard


@asynccontextmanager
async def listening(app):
    """The address of a listener that serves `app`."""
    listener = Listener("127.0.0.1:0", ListenerSettings(shutdown_deadline=1))
    with listener.bound():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(listener.serve, app)
            yield listener.port
            nursery.cancel_scope.cancel()


async def _crash(*_):
    raise ZeroDivisionError("on purpose")


@pytest.fixture
def failing_action(monkeypatch):
    """A client action with a fault in it."""
    monkeypatch.setitem(ACTIONS, "crash", _crash)


async def test_a_crash_ends_its_own_websocket_only(server, admin, failing_action, caplog):
    _, dispatcher = server
    headers = [("Authorization", "Bearer " + admin.token)]
    async with listening(dispatcher) as port:
        url = f"ws://127.0.0.1:{port}/api/v4/websocket"
        async with trio_websocket.open_websocket_url(url, extra_headers=headers) as other:
            await heard(other, "hello")
            async with trio_websocket.open_websocket_url(url, extra_headers=headers) as victim:
                await heard(victim, "hello")
                with pytest.raises(trio_websocket.ConnectionClosed):
                    await asked(victim, "crash")
            assert (await asked(other, "ping"))["data"]["text"] == "pong"
    assert "on purpose" in caplog.text


async def test_a_crash_in_a_handler_is_answered_and_logged(server, admin, monkeypatch, caplog):
    _, dispatcher = server
    monkeypatch.setattr(dispatcher, "_find_session", _crash)
    answer = await admin.get("/users/me")
    assert answer.status == 500
    assert "on purpose" not in answer.body.decode()
    assert "on purpose" in caplog.text
    monkeypatch.undo()
    assert (await admin.get("/users/me")).status == 200


async def test_a_crash_in_background_work_ends_that_work_only(server, admin, caplog):
    app, _ = server
    app.spawn("failing work", _crash)
    done = trio.Event()

    async def work(ctx: Context) -> None:
        done.set()

    app.spawn("other work", work)
    await done.wait()
    assert (await admin.get("/users/me")).status == 200
    assert "failing work failed" in caplog.text
