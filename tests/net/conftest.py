"""A listener on a port of the system's choice, and raw sockets to talk to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import trio

from mmfast.net.listener import Listener, ListenerSettings
from mmfast.wire.request import Request
from mmfast.wire.response import Response

Serve = Callable[..., AbstractAsyncContextManager[Listener]]


async def echo(request: Request) -> Response:
    """Answers with what it was asked."""
    body = await request.body(1 << 20)
    return Response(200, [("Content-Type", "text/plain")], f"{request.method} {request.path} ".encode() + body)


@pytest.fixture
def serve() -> Serve:
    """`async with serve(app, **settings) as listener`: served until the end of the block, then gracefully stopped."""

    @asynccontextmanager
    async def serve(
        app: Callable[[Request], Awaitable[Response]] = echo, *, patience: float = 30, **settings
    ) -> AsyncIterator[Listener]:
        listener = Listener("127.0.0.1:0", ListenerSettings(**{"shutdown_deadline": 1} | settings))
        with listener.bound(), trio.fail_after(patience):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(listener.serve, app)
                yield listener
                nursery.cancel_scope.cancel()

    return serve


async def connect(listener: Listener) -> trio.SocketStream:
    """A connection to the listener."""
    return await trio.open_tcp_stream("127.0.0.1", listener.port)


async def read_all(stream: trio.SocketStream) -> bytes:
    """Everything until the server ends the connection."""
    got = b""
    async for data in stream:
        got += data
    return got


async def read_until(stream: trio.SocketStream, mark: bytes) -> bytes:
    """Everything up to `mark` at least."""
    got = b""
    while mark not in got:
        data = await stream.receive_some(65536)
        assert data, got
        got += data
    return got


async def ask(listener: Listener, data: bytes) -> bytes:
    """Sends bytes on a connection of its own; what came back until its end."""
    async with await connect(listener) as stream:
        await stream.send_all(data)
        return await read_all(stream)
