"""The clients of the soak: connections that listen, and the little traffic that an hour consists of.

Reads its plan as JSON from the first line of standard input. To each further line it answers with a line of JSON: what
was done since the start. Ends with its standard input.
"""

import asyncio
import json
import random
import re
import sys
from contextlib import suppress

import uvloop

from bench.storms.listeners import PING, PONG, Author, Listener, steadily, type_letters

CONNECTION = re.compile(rb'"event":"hello","data":\{[^}]*"connection_id":"([a-z0-9]{26})"')
NUMBER = re.compile(rb'"seq":(\d+)\}$')
OPENED_AT_ONCE = 20
FILLED_PER_SECOND = 500


class Totals:
    """What has been done."""

    def __init__(self) -> None:
        self.heard = self.resumed = self.renewed = self.answered = 0


class Client(asyncio.Protocol):
    """One connection, and what its client must know to take it up again."""

    def __init__(self, handshake: bytes, totals: Totals) -> None:
        self._handshake, self._totals = handshake, totals
        self.connection_id = ""
        self.next_number = 0
        self.is_open = asyncio.Event()

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self._handshake)

    def data_received(self, data: bytes) -> None:
        if data.startswith(PING) or data.endswith(PING):
            self.transport.write(PONG)
        if not self.is_open.is_set() and b" 101 " in data[:20]:
            self.is_open.set()
        if not self.connection_id and (hello := CONNECTION.search(data)):
            self.connection_id = hello[1].decode()
        if number := NUMBER.search(data):
            self._totals.heard += 1
            self.next_number = int(number[1]) + 1


class Crowd:
    """All connections."""

    def __init__(self, plan: dict) -> None:
        self._where = plan["host"], plan["port"]
        self._handshakes = [text.encode("latin-1") for text in plan["handshakes"]]
        self._clients: list[Client] = []
        self.totals = Totals()

    async def _connect(self, handshake: bytes) -> Client:
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: Client(handshake, self.totals), *self._where
        )
        await client.is_open.wait()
        return client

    async def open(self) -> None:
        """Connects everybody, a few at a time."""
        for start in range(0, len(self._handshakes), OPENED_AT_ONCE):
            some = self._handshakes[start : start + OPENED_AT_ONCE]
            self._clients += await asyncio.gather(*[self._connect(handshake) for handshake in some])

    async def break_and_return(self, rate: float) -> None:
        """Cuts a connection now and then; every other one is taken up where it was, the rest begins anew."""
        chance = random.Random(1)
        async for _ in steadily(rate):
            place = chance.randrange(len(self._clients))
            old, handshake = self._clients[place], self._handshakes[place]
            old.transport.abort()
            resumes = bool(old.connection_id) and chance.random() < 0.5
            if resumes:
                wish = f"?connection_id={old.connection_id}&sequence_number={old.next_number}".encode()
                handshake = handshake.replace(b"/websocket", b"/websocket" + wish, 1)
            new = await self._connect(handshake)
            if resumes:
                new.connection_id, new.next_number = old.connection_id, old.next_number
                self.totals.resumed += 1
            else:
                self.totals.renewed += 1
            self._clients[place] = new


class Reader(asyncio.Protocol):
    """Asks over REST at a steady rate."""

    def __init__(self, requests: list[str], totals: Totals) -> None:
        self._requests, self._totals = [text.encode("latin-1") for text in requests], totals

    def connection_made(self, transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._totals.answered += data.count(b"HTTP/1.1 200")

    async def ask(self, rate: float) -> None:
        """One request after the other, round and round."""
        number = 0
        async for _ in steadily(rate):
            self.transport.write(self._requests[number % len(self._requests)])
            number += 1


async def main() -> None:
    """Connects, fills up what is meant to be filled, then lives."""
    loop = asyncio.get_running_loop()
    commands = asyncio.StreamReader(limit=1 << 26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    plan = json.loads(await commands.readline())
    where, rates = (plan["host"], plan["port"]), plan["rates"]
    crowd = Crowd(plan)
    await crowd.open()
    print("ready", flush=True)
    typist = Listener(plan["author_handshake"], [])
    await loop.create_connection(lambda: typist, *where)
    await typist.is_open.wait()
    with suppress(TimeoutError):
        seconds = plan["fill"] / FILLED_PER_SECOND
        await asyncio.wait_for(type_letters(typist.transport, plan["small_id"], FILLED_PER_SECOND), seconds)
    print("filled", flush=True)
    _, small = await loop.create_connection(lambda: Author(plan["post_head"], plan["small_id"]), *where)
    _, large = await loop.create_connection(lambda: Author(plan["post_head"], plan["large_id"]), *where)
    _, reader = await loop.create_connection(lambda: Reader(plan["requests"], crowd.totals), *where)
    tasks = [
        asyncio.create_task(work)
        for work in (
            small.write(rates["small"]),
            large.write(rates["large"]),
            reader.ask(rates["requests"]),
            type_letters(typist.transport, plan["small_id"], rates["typing"]),
            crowd.break_and_return(rates["returns"]),
        )
    ]
    while await commands.readline():
        totals = crowd.totals
        told = {"posted": small.taken + large.taken, "failed": [repr(t.exception()) for t in tasks if t.done()]}
        print(json.dumps(told | vars(totals)), flush=True)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


if __name__ == "__main__":
    uvloop.run(main())
