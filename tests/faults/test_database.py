"""PostgreSQL is killed under load: requests fail meanwhile, work again by themselves, and no promise is broken."""

import os
import signal
from contextlib import suppress

import pytest
import trio
import trio_websocket

from tests.faults.caller import Load, asked, heard
from tests.running import children

WRITERS = 4
UNAVAILABLE = (503, "api.database_unavailable.app_error")


def kill_all(server):
    """Ends PostgreSQL and its sessions as a machine out of memory would."""
    postmaster = server.postmaster()
    for pid in (postmaster, *children(postmaster)):
        os.kill(pid, signal.SIGKILL)


def kill_a_session(server):
    """Ends one session; PostgreSQL then ends all others too and recovers."""
    postmaster = server.postmaster()
    sessions = [pid for pid in children(postmaster) if "mmfast mmfast" in title(pid)]
    os.kill(sessions[0], signal.SIGKILL)


def title(pid):
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return file.read().decode()


@pytest.mark.parametrize("kill", [kill_all, kill_a_session])
async def test_no_acknowledged_post_is_lost(alone, caller, kill):
    channel_id = await caller.create_channel("loss-" + kill.__name__.replace("_", "-"))
    load = Load(caller, channel_id)
    async with caller.websocket() as socket, trio.open_nursery() as nursery:
        await heard(socket, "hello")
        for writer in range(WRITERS):
            nursery.start_soon(load.run, writer)
        await load.until_more(acknowledged=40)
        kill(alone)
        await load.until_more(refused=1)
        await load.until_more(acknowledged=40)
        nursery.cancel_scope.cancel()
    assert set(load.refused) == {UNAVAILABLE}
    found = await caller.read_posts(channel_id)
    lost = load.acknowledged.items() - found.items()
    assert not lost
    assert alone.process.poll() is None
    assert "Traceback" not in alone.log()


async def test_whoever_is_connected_stays_connected(alone, caller):
    channel_id = await caller.create_channel("stay")
    async with caller.websocket() as socket:
        hello = await heard(socket, "hello")
        await asked(socket, "ping")  # by then all that belongs to its coming is done
        kill_all(alone)
        answers = set()
        while 201 not in answers:
            answer = await caller.client.post("/posts", json={"channel_id": channel_id, "message": "here"})
            answers.add(answer.status_code)
        event = await heard(socket, "posted")
    assert answers <= {201, 503}
    assert event["seq"] > hello["seq"]


async def test_coming_while_the_database_is_away(alone, caller):
    """A WebSocket that cannot be served is ended without an outcry; one of the client's next attempts works."""
    kill_all(alone)
    served = False
    while not served:
        with suppress(trio_websocket.ConnectionClosed, trio_websocket.HandshakeError):
            async with caller.websocket() as socket:
                await asked(socket, "get_statuses")
                served = True
    assert (await caller.client.get("/users/me")).status_code == 200
    assert "Traceback" not in alone.log()
