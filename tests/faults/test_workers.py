"""A worker is killed: it is replaced, its clients come back, and the other worker's clients notice nothing."""

import json
import os
import signal
from contextlib import suppress

import httpx2
import pytest
import trio
import trio_websocket

from tests.faults.caller import Caller

CLIENTS = 12
"""So many that each of two workers has some: all with one worker would happen once in 2,000 runs."""


class Listening:
    """A client that, as all clients do, opens a new WebSocket whenever it loses one, and goes on where it was."""

    def __init__(self, caller):
        self.caller = caller
        self.opened = 0
        self.messages = []
        self._query = ""
        """Empty until the server has said hello."""
        self._news = trio.Condition()

    @property
    def is_known(self):
        return self._query != ""

    async def run(self):
        while True:
            with suppress(trio_websocket.ConnectionClosed, trio_websocket.HandshakeError, OSError):
                async with self.caller.websocket(self._query) as socket:
                    self.opened += 1
                    await self._listen(socket)
            await trio.lowlevel.checkpoint()

    async def _listen(self, socket):
        connection_id = self._query.partition("=")[2].partition("&")[0]
        while True:
            event = json.loads(await socket.get_message())
            if event["event"] == "hello":
                connection_id = event["data"]["connection_id"]
            elif event["event"] == "posted":
                self.messages.append(json.loads(event["data"]["post"])["message"])
            self._query = f"?connection_id={connection_id}&sequence_number={event['seq'] + 1}"
            async with self._news:
                self._news.notify_all()

    async def until(self, condition):
        async with self._news:
            while not condition(self):
                await self._news.wait()


@pytest.fixture
async def caller(several):
    caller = Caller(several.port)
    async with caller.client:
        await caller.sign_up_and_in("boss")
        yield caller


async def post_until_answered(caller, channel_id, message):
    """A connection to a dead worker breaks; a client asks again."""
    answer = None
    while answer is None:
        with suppress(OSError, httpx2.TransportError):
            answer = await caller.client.post("/posts", json={"channel_id": channel_id, "message": message})
    assert answer.status_code == 201, answer.text


async def test_a_killed_worker_is_replaced_and_its_clients_come_back(several, caller):
    channel_id = await caller.create_channel("workers")
    clients = [Listening(caller) for _ in range(CLIENTS)]
    async with trio.open_nursery() as nursery:
        for client in clients:
            nursery.start_soon(client.run)
        for client in clients:
            await client.until(lambda c: c.is_known)
        await post_until_answered(caller, channel_id, "before")
        for client in clients:
            await client.until(lambda c: "before" in c.messages)
        first = several.workers()
        os.kill(first[0], signal.SIGKILL)
        while not any(client.opened > 1 for client in clients):
            await trio.lowlevel.checkpoint()
        while first[0] in several.workers() or len(several.workers()) < 2:
            await trio.lowlevel.checkpoint()
        posted = []
        while not all(set(posted) & set(client.messages) for client in clients):
            posted.append(f"after, {len(posted) + 1}")
            await post_until_answered(caller, channel_id, posted[-1])
        stayed = [client for client in clients if client.opened == 1]
        for client in stayed:
            await client.until(lambda c: c.messages[-1] == posted[-1])
            assert client.messages == ["before", *posted]
        nursery.cancel_scope.cancel()
    assert 0 < len(stayed) < CLIENTS
    assert first[1] in several.workers()
    assert "Traceback" not in several.log()
