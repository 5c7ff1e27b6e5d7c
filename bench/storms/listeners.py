"""Clients that listen, the author whose posts they hear, and one client that may stop reading.

Reads its plan as a line of JSON from standard input and then a word a line: `mark` gives the latencies since the last
mark, `stall` has the last client stop reading.
"""

import asyncio
import json
import re
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import uvloop

from mmfast.hot import build_frame

SENT = re.compile(rb"sent (\d+) ")
MASKED_TEXT = 0x81
PING = b"\x89\x00"
PONG = b"\x8a\x80" + bytes(4)  # masked, and empty
SMALL_BUFFER = 64 << 10  # of the client that stalls: the kernel's own would hold megabytes for it


class Listener(asyncio.Protocol):
    """Notes how old the posts are that it hears."""

    def __init__(self, handshake: str, latencies: list[float]) -> None:
        self._handshake, self._latencies = handshake, latencies
        self.is_open = asyncio.Event()
        self.is_lost = False

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self._handshake.encode("latin-1"))

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        if data.endswith(PING) or data.startswith(PING):
            self.transport.write(PONG)
        if b'"event":"hello"' in data:
            self.is_open.set()
        self._latencies += [(now - int(sent)) / 1e6 for sent in SENT.findall(data)]

    def connection_lost(self, error) -> None:
        self.is_lost = True


class Author(asyncio.Protocol):
    """Posts at a steady rate, whether or not the last post is answered yet; also types, over a WebSocket."""

    def __init__(self, head: str, channel_id: str) -> None:
        self._head, self._channel_id = head, channel_id
        self.posted = self.taken = 0

    def connection_made(self, transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.taken += data.count(b"HTTP/1.1 201")

    async def write(self, rate: float) -> None:
        """Posts until cancelled."""
        async for _ in steadily(rate):
            message = f"sent {time.monotonic_ns()} " + "and words of a common length " * 5
            body = json.dumps({"channel_id": self._channel_id, "message": message})
            self.transport.write((self._head + f"Content-Length: {len(body)}\r\n\r\n{body}").encode("latin-1"))
            self.posted += 1


async def steadily(rate: float) -> AsyncIterator[None]:
    """Comes round so many times a second, late rounds made up for; never where the rate is 0."""
    started, rounds = time.monotonic(), 0
    while rate:
        yield
        rounds += 1
        await asyncio.sleep(max(0, started + rounds / rate - time.monotonic()))


async def type_letters(transport, channel_id: str, rate: float) -> None:
    """Tells over a WebSocket that its user writes; the time stands where a thread's id would."""
    seq = 0
    async for _ in steadily(rate):
        seq += 1
        data = {"channel_id": channel_id, "parent_id": f"sent {time.monotonic_ns()} "}
        payload = json.dumps({"action": "user_typing", "seq": seq, "data": data}).encode()
        frame = bytearray(build_frame(MASKED_TEXT, payload))
        frame[1] |= 0x80
        frame[len(frame) - len(payload) : len(frame) - len(payload)] = bytes(4)  # a mask that changes nothing
        transport.write(bytes(frame))


def percentiles(values: list[float]) -> dict:
    """The middle and the tail, in milliseconds."""
    values = sorted(values)
    return {f"p{p}": round(values[len(values) * p // 100], 2) if values else None for p in (50, 99)}


async def main() -> None:
    """Connects everybody, posts, and answers what it is asked."""
    loop = asyncio.get_running_loop()
    commands = asyncio.StreamReader(limit=1 << 24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    plan = json.loads(await commands.readline())
    where, latencies, unheard = (plan["host"], plan["port"]), [], []
    listeners = [Listener(handshake, latencies) for handshake in plan["handshakes"]]
    for listener in listeners:
        await loop.create_connection(lambda one=listener: one, *where)
        await listener.is_open.wait()
    odd = Listener(plan["handshakes"][0], unheard)
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    sock.connect(where)
    await loop.create_connection(lambda: odd, sock=sock)
    await odd.is_open.wait()
    _, author = await loop.create_connection(lambda: Author(plan["post_head"], plan["channel_id"]), *where)
    typist = Listener(plan["author_handshake"], unheard)
    await loop.create_connection(lambda: typist, *where)
    await typist.is_open.wait()
    writing = asyncio.gather(
        author.write(plan["rate"]), type_letters(typist.transport, plan["channel_id"], plan["typing"])
    )
    print("ready", flush=True)
    while word := (await commands.readline()).strip():
        if word == b"stall":
            odd.transport.pause_reading()
        lost = sum(listener.is_lost for listener in listeners)
        told = {
            "odd_lost": odd.is_lost,
            "heard": len(latencies),
            "posted": author.posted,
            "taken": author.taken,
            "lost": lost,
        }
        print(json.dumps(percentiles(latencies) | told), flush=True)
        latencies.clear()
    writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing


if __name__ == "__main__":
    uvloop.run(main())
