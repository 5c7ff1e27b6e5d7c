"""CPU of HTTP in this server, without sockets: `python -m bench.micro.http_parse`.

Shape: a GET as a browser sends it (13 header fields), one connection kept alive, a JSON answer with nine fields. Parse
is bytes to head; answer is head to bytes; connection is everything of `mmfast.net` and `mmfast.wire` for one request
except the system calls and Trio's scheduling, which `bare Trio` of the same run shows: a task that reads and answers
with fixed bytes over a socket pair. Minimum of several rounds; both parsers are measured.
"""

import os
import platform
import socket
import time
from collections.abc import Awaitable, Callable

import trio

from mmfast.net import connection
from mmfast.net.connection import Connection
from mmfast.net.settings import ListenerSettings
from mmfast.wire import http1, http1_h11
from mmfast.wire.request import Request
from mmfast.wire.response import Response, encode_head

FIELDS = (
    ("Host", "chat.example.com"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
    ("Accept", "*/*"),
    ("Accept-Language", "en-US,en;q=0.5"),
    ("Accept-Encoding", "gzip, deflate, br"),
    ("Referer", "https://chat.example.com/team/channels/town-square"),
    ("X-Requested-With", "XMLHttpRequest"),
    ("X-CSRF-Token", "a" * 26),
    ("Authorization", "Bearer " + "a" * 26),
    ("Connection", "keep-alive"),
    ("Cookie", f"MMAUTHTOKEN={'a' * 26}; MMUSERID={'b' * 26}; MMCSRF={'c' * 26}"),
    ("Sec-Fetch-Mode", "cors"),
    ("Sec-Fetch-Site", "same-origin"),
)
REQUEST = ("GET /api/v4/users/me HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in FIELDS) + "\r\n").encode()
ANSWER = [
    ("Content-Type", "application/json"),
    ("Expires", "0"),
    ("Vary", "Accept-Encoding"),
    ("X-Request-Id", "a" * 26),
    ("X-Version-Id", "11.6.0.." + "a" * 64 + ".false"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ""),
    ("Etag", "a" * 40),
]
BODY = b'{"status":"OK"}'
COUNT, ROUNDS = 2000, 10


class FixedTransport:
    """Gives the same request a number of times, then the end; takes every answer."""

    fd = -1

    def __init__(self, count: int) -> None:
        self._left = count

    async def read(self) -> bytes:
        self._left -= 1
        return REQUEST if self._left >= 0 else b""

    def try_write(self, data: bytes) -> bool:
        return True

    async def flush(self) -> None:
        pass

    async def wait_writable(self) -> None:
        pass

    def end(self) -> None:
        pass

    def close(self) -> None:
        pass


async def trivial(request: Request) -> Response:
    """The least an application can do."""
    return Response(200, list(ANSWER), BODY)


def best(run: Callable[[], object]) -> float:
    """Microseconds per unit of the fastest round; `run` does COUNT units."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        rounds.append(time.process_time() - start)
    return min(rounds) / COUNT * 1e6


async def best_async(run: Callable[[], Awaitable[None]]) -> float:
    """The same for a coroutine function."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        await run()
        rounds.append(time.process_time() - start)
    return min(rounds) / COUNT * 1e6


def parse_all(parser: http1.Http1Parser | http1_h11.Http1Parser) -> None:
    for _ in range(COUNT):
        parser.feed(REQUEST)
        parser.next_head()
        parser.next_body()


def encode_all() -> None:
    response = Response(200, ANSWER, BODY)
    for _ in range(COUNT):
        encode_head(response, version="1.1", keep_alive=True)


async def serve_all() -> None:
    await Connection(trivial, FixedTransport(COUNT), "127.0.0.1", ListenerSettings()).run()


async def bare_trio() -> None:
    """What Trio and the kernel take for a request and its answer, client side included (two calls)."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)

    async def answer() -> None:
        for _ in range(COUNT):
            await trio.lowlevel.wait_readable(ours)
            ours.recv(65536)
            ours.send(BODY)

    with ours, theirs:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(answer)
            for _ in range(COUNT):
                theirs.send(REQUEST)
                await trio.lowlevel.wait_readable(theirs)
                theirs.recv(65536)


async def main() -> None:
    """Measures and prints the table."""
    rows = [
        ("parse, httptools", best(lambda: parse_all(http1.Http1Parser()))),
        ("parse, h11", best(lambda: parse_all(http1_h11.Http1Parser()))),
        ("answer's head", best(encode_all)),
    ]
    for name, module in (("httptools", http1), ("h11", http1_h11)):
        connection.Http1Parser = module.Http1Parser  # type: ignore[attr-defined]
        rows.append((f"connection, {name}", await best_async(serve_all)))
    rows.append(("bare Trio, both ends of a socket pair", await best_async(bare_trio)))
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("| what | CPU us per request |\n|---|---|")
    for name, figure in rows:
        print(f"| {name} | {figure:.1f} |")


if __name__ == "__main__":
    trio.run(main)
