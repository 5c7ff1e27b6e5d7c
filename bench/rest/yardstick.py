"""What the least possible answer costs on this machine, to compare the server's figures with.

    python -m bench.rest.yardstick [DSN]

A Trio program that reads a request to its blank line and sends always the same bytes; with a DSN, after one prepared
statement that finds a row by its key. It knows nothing of HTTP beyond that, and uses nothing of the server but the
database pool. Prints the port it listens on.
"""

import os
import sys
from collections.abc import Awaitable, Callable

import trio

from mmfast.db.pool import Database

_BODY = b'{"status":"OK"}'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)


async def _serve(stream: trio.SocketStream, work: Callable[[], Awaitable[object]]) -> None:
    buffer = b""
    while received := await stream.receive_some():
        buffer += received
        while (end := buffer.find(b"\r\n\r\n")) >= 0:
            buffer = buffer[end + 4 :]
            await work()
            await stream.send_all(_ANSWER)


async def _nothing() -> None:
    pass


async def _listen(work: Callable[[], Awaitable[object]]) -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    os.write(1, b"%d\n" % listener.socket.getsockname()[1])
    await trio.serve_listeners(lambda stream: _serve(stream, work), [listener])


async def main() -> None:
    """Serves until killed."""
    if len(sys.argv) < 2:
        await _listen(_nothing)
        return
    async with Database.open(sys.argv[1]) as db:
        await _listen(lambda: db.fetchrow("select name, value from systems where name = $1", "Version"))


if __name__ == "__main__":
    trio.run(main)
