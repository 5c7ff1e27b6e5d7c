"""Slow, greedy and broken clients; crashes; the order to stop. Trio's clock jumps: no test waits."""

import errno
import logging
import socket

import pytest
import trio
import trio.testing

from mmfast.net.listener import AddressInUse, Listener
from mmfast.wire.response import Response

from .conftest import ask, connect, echo, read_all, read_until

GET = b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LONG = 100_000


@pytest.fixture
def jumping_clock(mock_clock):
    """Jumps to the next deadline when nothing happens any more, sockets included."""
    mock_clock.autojump_threshold = 0.01
    return mock_clock


@pytest.mark.parametrize("sent", [b"", b"GET /x HT", b"GET /x HTTP/1.1\r\nHost: x\r\nA: "])
async def test_a_head_that_does_not_come_ends_the_connection(serve, jumping_clock, sent):
    async with serve(patience=LONG, header_timeout=10) as listener:
        started = trio.current_time()
        assert await ask(listener, sent) == b""
        assert 10 <= trio.current_time() - started < 12


async def test_a_head_that_trickles_ends_the_connection(serve, jumping_clock):
    async def trickle():
        for _ in range(LONG):
            await stream.send_all(b"x")
            await trio.sleep(1)

    async with serve(patience=LONG, header_timeout=10) as listener, await connect(listener) as stream:
        with pytest.raises(trio.BrokenResourceError):
            await trickle()
        assert trio.current_time() < 20


async def test_an_idle_connection_is_closed_after_its_time(serve, jumping_clock):
    async with serve(patience=LONG, idle_timeout=60) as listener, await connect(listener) as stream:
        await stream.send_all(GET)
        await read_until(stream, b"GET /x ")
        started = trio.current_time()
        assert await read_all(stream) == b""
        assert 60 <= trio.current_time() - started < 62


async def test_a_body_that_stops_coming_ends_the_connection(serve, jumping_clock):
    async with serve(patience=LONG, read_timeout=30) as listener:
        started = trio.current_time()
        assert await ask(listener, b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc") == b""
        assert 30 <= trio.current_time() - started < 32


async def test_a_slow_but_steady_body_is_taken(serve, jumping_clock):
    async with serve(patience=LONG, read_timeout=3, min_body_rate=10) as listener, await connect(listener) as stream:
        await stream.send_all(b"POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 200\r\n\r\n")
        for _ in range(10):
            await stream.send_all(b"x" * 20)
            await trio.sleep(1.5)
        assert (await read_all(stream)).endswith(b"x" * 200)


async def test_a_reader_that_stops_reading_ends_the_connection(serve, jumping_clock):
    over = trio.Event()

    async def app(request):
        async def pieces():
            try:
                while True:
                    yield b"x" * 100_000
            finally:
                over.set()

        return Response(200, [], pieces())

    async with serve(app, patience=LONG, write_timeout=20) as listener, await connect(listener) as stream:
        await stream.send_all(GET)
        await over.wait()
        assert 20 <= trio.current_time() < 25


async def test_more_connections_than_allowed_wait_for_room(serve):
    async with serve(max_connections=1) as listener:
        first = await connect(listener)
        await first.send_all(GET)
        await read_until(first, b"GET /x ")
        async with await connect(listener) as second:
            await second.send_all(LAST)
            with trio.move_on_after(0.05) as waited:
                await second.receive_some()
            assert waited.cancelled_caught
            await first.aclose()
            assert (await read_all(second)).endswith(b"GET /x ")


async def test_a_crash_ends_its_own_connection_only(serve, caplog):
    async def app(request):
        if request.path == "/crash":
            raise RuntimeError("boom")
        return await echo(request)

    with caplog.at_level(logging.ERROR):
        async with serve(app) as listener, await connect(listener) as other:
            await other.send_all(GET)
            await read_until(other, b"GET /x ")
            assert b" 500 " in await ask(listener, b"GET /crash HTTP/1.1\r\nHost: x\r\n\r\n")
            await other.send_all(LAST)
            assert (await read_all(other)).endswith(b"GET /x ")
    assert "boom" in caplog.text


async def test_running_out_of_descriptors_is_survived(serve, monkeypatch, caplog):
    failures = iter([OSError(errno.EMFILE, "Too many open files"), ConnectionAbortedError()])
    accept = socket.socket.accept

    def failing_accept(sock):
        if error := next(failures, None):
            raise error
        return accept(sock)

    monkeypatch.setattr(socket.socket, "accept", failing_accept)
    async with serve() as listener:
        assert (await ask(listener, LAST)).endswith(b"GET /x ")
    assert "Too many open files" in caplog.text


async def test_stopping_finishes_running_requests_and_closes_idle_connections():
    started, go_on = trio.Event(), trio.Event()

    async def app(request):
        if request.path == "/slow":
            started.set()
            await go_on.wait()
        return Response(200, [], b"done")

    listener = Listener("127.0.0.1:0")
    with listener.bound(), trio.fail_after(10):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(listener.serve, app)
            idle, busy = await connect(listener), await connect(listener)
            await idle.send_all(GET)
            await read_until(idle, b"done")
            await busy.send_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            port = listener.port
            nursery.cancel_scope.cancel()
            with trio.CancelScope(shield=True):
                assert await read_all(idle) == b""
                with pytest.raises(OSError, match="connect"):
                    await trio.open_tcp_stream("127.0.0.1", port)
                go_on.set()
                answer = await read_all(busy)
    assert answer.endswith(b"done")
    assert b"Connection: close" in answer


async def test_stopping_does_not_wait_beyond_the_deadline(serve, jumping_clock):
    started = trio.Event()

    async def app(request):
        started.set()
        await trio.sleep_forever()

    async with serve(app, patience=LONG, shutdown_deadline=5) as listener:
        stream = await connect(listener)
        await stream.send_all(GET)
        await started.wait()
        before = trio.current_time()
    assert 5 <= trio.current_time() - before < 7


def test_a_taken_port_is_told_in_one_line():
    first = Listener("127.0.0.1:0")
    with first.bound():
        second = Listener(f"127.0.0.1:{first.port}")
        with pytest.raises(AddressInUse, match=f"port {first.port} is taken") as caught, second.bound():
            pass
        assert "\n" not in str(caught.value)


def test_workers_may_share_a_port():
    first = Listener("127.0.0.1:0", reuse_port=True)
    with first.bound(), Listener(f"127.0.0.1:{first.port}", reuse_port=True).bound():
        pass
