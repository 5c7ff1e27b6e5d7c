"""The load generator: one operation over and over on a few kept-alive connections, in a process and loop of its own.

Reads a plan as JSON from standard input, writes counts as JSON to standard output. It never shares a process with the
server, so that the server's CPU time is the server's alone. A plan with `handshake` sends its requests as WebSocket
messages, after that request.
"""

import asyncio
import json
import sys
import time

import uvloop

from mmfast.hot import build_frame

_MASKED_TEXT = 0x81
_EXTENDED = 126  # the length stands in two more bytes (RFC 6455, 5.2)


def _masked(text: str) -> bytes:
    """A client's text frame. The mask is zero, which leaves the payload as it is."""
    payload = text.encode()
    frame = bytearray(build_frame(_MASKED_TEXT, payload))
    frame[1] |= 0x80
    at = len(frame) - len(payload)
    frame[at:at] = bytes(4)
    return bytes(frame)


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Sends a request and reads its answer; gives the status."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at >= 0:
        await reader.readexactly(int(lower[at + 15 : lower.index(b"\r\n", at)]))
    elif b"transfer-encoding" in lower:
        while (line := await reader.readline()) != b"0\r\n":
            await reader.readexactly(int(line, 16) + 2)
        await reader.readline()
    return status


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, message: bytes) -> int:
    """Sends a message and reads frames up to its reply; gives 200 for success, as if it were HTTP."""
    writer.write(message)
    while True:
        size = (await reader.readexactly(2))[1]
        if size == _EXTENDED:
            size = int.from_bytes(await reader.readexactly(2), "big")
        payload = await reader.readexactly(size)
        if b'"seq_reply"' in payload:
            return 200 if b'"status":"OK"' in payload else 400


async def _connection(plan: dict, turns: range, times: list[float], statuses: dict[int, int]) -> None:
    reader, writer = await asyncio.open_connection(plan["host"], plan["port"])
    if handshake := plan.get("handshake"):
        assert await _exchange(reader, writer, handshake.encode("latin-1")) == 101, "the server refused the WebSocket"
        talk, requests = _converse, [_masked(text) for text in plan["requests"]]
    else:
        talk, requests = _exchange, [text.encode("latin-1") for text in plan["requests"]]
    for i in turns:
        began = time.perf_counter()
        status = await talk(reader, writer, requests[i % len(requests)])
        times.append(time.perf_counter() - began)
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()


async def main() -> None:
    """Runs the plan: `requests` in turn, `count` in all, over `connections`."""
    plan = json.load(sys.stdin)
    times: list[float] = []
    statuses: dict[int, int] = {}
    share = max(1, plan["count"] // plan["connections"])
    shares = [range(number * share, (number + 1) * share) for number in range(plan["connections"])]
    await asyncio.gather(*[_connection(plan, turns, times, statuses) for turns in shares])
    times.sort()
    json.dump(
        {"done": len(times), "p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "statuses": statuses},
        sys.stdout,
    )


if __name__ == "__main__":
    uvloop.run(main())
