"""Whatever bytes a client sends, however cut, wherever it breaks off: its connection ends, nothing crashes."""

import logging

import pytest
import trio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmfast.net.connection import Connection
from mmfast.net.settings import ListenerSettings
from mmfast.wire.response import Response, Upgrade
from mmfast.wire.websocket import Closed

from .test_websocket import HANDSHAKE

GOOD = [
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    HANDSHAKE,
    b"\x81\x82\0\0\0\0hi",
    b"\x88\x80\0\0\0\0",
]
BYTES = st.lists(st.sampled_from(GOOD) | st.binary(max_size=30), max_size=6).map(b"".join)


class MemoryTransport:
    """Gives pieces, then the end or a broken connection."""

    def __init__(self, pieces: list[bytes], *, breaks: bool) -> None:
        self.fd = -1
        self.closed = False
        self.written = b""
        self._pieces = pieces
        self._breaks = breaks

    async def read(self) -> bytes:
        await trio.lowlevel.checkpoint()
        if self._pieces:
            return self._pieces.pop(0)
        if self._breaks:
            raise trio.BrokenResourceError
        return b""

    def try_write(self, data: bytes) -> bool:
        self.written += data
        return False

    async def flush(self) -> None:
        await trio.lowlevel.checkpoint()

    def end(self) -> None:
        if self._breaks:
            raise trio.BrokenResourceError

    def close(self) -> None:
        self.closed = True


async def app(request):
    async def handler(channel):
        try:
            while True:
                await channel.send_text(repr(await channel.receive()).encode())
        except Closed:
            pass

    if "upgrade" in request.headers:
        return Upgrade(handler)
    return Response(200, [], await request.body(1000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=BYTES, cuts=st.lists(st.integers(1, 300), max_size=5), breaks=st.booleans())
@pytest.mark.filterwarnings("error")
async def test_any_bytes(caplog, data, cuts, breaks):
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    pieces = [data[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    transport = MemoryTransport(pieces, breaks=breaks)
    with caplog.at_level(logging.ERROR), trio.fail_after(10):
        await Connection(app, transport, "peer", ListenerSettings()).run()
    assert transport.closed
    assert not caplog.records
