"""WebSockets over sockets, with trio-websocket as an independent client."""

import os
import socket
import struct

import pytest
import trio
import trio_websocket

from mmfast.hot import build_frame
from mmfast.wire.response import Response, Upgrade
from mmfast.wire.websocket import FINAL, TEXT, Closed

from .conftest import ask, connect, read_all, read_until
from .test_limits import LONG, jumping_clock

__all__ = ["jumping_clock"]

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


async def echo(channel):
    try:
        while True:
            message = await channel.receive()
            await channel.send_text(message.encode() if isinstance(message, str) else b"bytes:" + message)
    except Closed as closed:
        echo.codes.append(closed.code)


echo.codes = []


def upgrade_to(handler):
    async def app(request):
        return Upgrade(handler, [("X-Extra", "1")])

    return app


def open_client(listener):
    return trio_websocket.open_websocket("127.0.0.1", listener.port, "/", use_ssl=False)


async def test_messages_pings_and_the_closing_handshake(serve):
    async with serve(upgrade_to(echo)) as listener, open_client(listener) as client:
        assert dict(client.handshake_headers)[b"x-extra"] == b"1"
        await client.send_message("grüße")
        assert await client.get_message() == "grüße"
        await client.send_message(b"\x00\xff"[:1])
        assert await client.get_message() == "bytes:\x00"
        await client.ping(b"are you there")
        await client.aclose(4000, "bye")
        assert client.closed.code == 4000
    assert echo.codes[-1] == 4000


async def test_a_large_message_is_refused(serve):
    async with serve(upgrade_to(echo)) as listener, open_client(listener) as client:
        await client.send_message("x" * 9000)
        with pytest.raises(trio_websocket.ConnectionClosed) as caught:
            await client.get_message()
        assert caught.value.reason.code == 1009


async def test_frames_sent_right_behind_the_handshake_are_read(serve):
    async with serve(upgrade_to(echo)) as listener, await connect(listener) as stream:
        await stream.send_all(HANDSHAKE + b"\x81\x82\0\0\0\0hi")
        assert (await read_until(stream, b"\x81\x02hi")).startswith(b"HTTP/1.1 101 Switching Protocols\r\n")


async def test_what_is_no_handshake_gets_400(serve):
    async with serve(upgrade_to(echo)) as listener:
        answer = await ask(listener, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")


async def test_a_handler_that_returns_drops_the_connection_without_a_close_frame(serve):
    async def handler(channel):
        await channel.receive()

    async with serve(upgrade_to(handler)) as listener, await connect(listener) as stream:
        await stream.send_all(HANDSHAKE)
        await read_until(stream, b"\r\n\r\n")
        await stream.send_all(b"\x81\x80\0\0\0\0")
        assert await read_all(stream) == b""


async def test_close_by_the_server(serve):
    async def handler(channel):
        await channel.close(4001, "enough")
        with pytest.raises(Closed):
            await channel.send_text(b"late")

    async with serve(upgrade_to(handler)) as listener, await connect(listener) as stream:
        await stream.send_all(HANDSHAKE)
        head = await read_until(stream, b"\r\n\r\n")
        rest = head.partition(b"\r\n\r\n")[2] + await read_all(stream)
    assert rest == b"\x88\x08" + struct.pack("!H", 4001) + b"enough"


async def test_an_attached_queue_gets_the_channels_own_frames_and_writes_to_the_descriptor(serve):
    async def handler(channel):
        frames = []

        class Queue:
            def put(self, frame: bytes) -> None:
                frames.append(frame)

        channel.attach(Queue())
        os.write(channel.fd, build_frame(FINAL | TEXT, b"direct"))
        with pytest.raises(Closed):
            await channel.receive()
        assert frames == [b"\x8a\x01p", b"\x88\x02\x03\xe8"]
        for frame in frames:
            os.write(channel.fd, frame)

    async with serve(upgrade_to(handler)) as listener, await connect(listener) as stream:
        await stream.send_all(HANDSHAKE)
        await read_until(stream, b"\x81\x06direct")
        await stream.send_all(b"\x89\x81\0\0\0\0p\x88\x82\0\0\0\0\x03\xe8")
        assert await read_all(stream) == b"\x8a\x01p\x88\x02\x03\xe8"


async def test_a_silent_peer_is_pinged_and_then_dropped(serve, jumping_clock):
    ended = trio.Event()

    async def handler(channel):
        try:
            await channel.receive()
        finally:
            ended.set()

    async with serve(upgrade_to(handler), patience=LONG, ping_interval=12, pong_timeout=20) as listener:
        async with await connect(listener) as stream:
            await stream.send_all(HANDSHAKE)
            got = await read_all(stream)
            assert got.endswith(b"\r\n\r\n\x89\x00")
            assert 20 <= trio.current_time() < 25
        await ended.wait()


async def test_a_peer_that_answers_pings_stays(serve, jumping_clock):
    async with serve(upgrade_to(echo), patience=LONG, ping_interval=12, pong_timeout=20) as listener:
        stream = await connect(listener)
        await stream.send_all(HANDSHAKE)
        for _ in range(4):
            await read_until(stream, b"\x89\x00")
            await stream.send_all(b"\x8a\x80\0\0\0\0")
        assert trio.current_time() > 45


async def test_stopping_tells_the_peer_to_come_back(serve):
    async with serve(upgrade_to(echo)) as listener:
        stream = await connect(listener)
        await stream.send_all(HANDSHAKE)
        await read_until(stream, b"\r\n\r\n")
    assert (await read_all(stream)).startswith(b"\x88\x18" + struct.pack("!H", 1012))


async def test_a_slow_reader_makes_send_text_wait_and_gets_everything(serve):
    async def handler(channel):
        for _ in range(100):
            await channel.send_text(b"x" * 60000)
        await channel.close()

    async with serve(upgrade_to(handler)) as listener, open_client(listener) as client:
        for _ in range(100):
            assert len(await client.get_message()) == 60000


async def test_an_answer_other_than_upgrade_is_a_plain_answer(serve):
    async def app(request):
        return Response(403, [], b"Forbidden\n")

    async with serve(app) as listener:
        with pytest.raises(trio_websocket.ConnectionRejected) as caught:
            async with open_client(listener):
                pass
        assert caught.value.status_code == 403


async def leave_times(serve, clients, **settings):
    """When each of the clients is sent away after the order to stop, in seconds, in order."""
    times = []

    async def wait_for_farewell(stream):
        assert (await read_all(stream)).startswith(b"\x88\x18" + struct.pack("!H", 1012))
        times.append(trio.current_time() - ordered)

    async with trio.open_nursery() as nursery, serve(upgrade_to(echo), patience=LONG, **settings) as listener:
        for _ in range(clients):
            stream = await connect(listener)
            await stream.send_all(HANDSHAKE)
            await read_until(stream, b"\r\n\r\n")
            nursery.start_soon(wait_for_farewell, stream)
        ordered = trio.current_time()
    return times


async def test_stopping_sends_the_peers_away_spread(serve, jumping_clock):
    times = await leave_times(serve, 5, shutdown_deadline=20, farewell_seconds=4, farewells_per_second=1)
    assert times == pytest.approx([0, 0.8, 1.6, 2.4, 3.2], abs=0.1)


async def test_few_peers_are_sent_away_quickly(serve, jumping_clock):
    times = await leave_times(serve, 5, shutdown_deadline=20, farewell_seconds=4, farewells_per_second=250)
    assert times[-1] < 0.1


async def test_the_spread_leaves_time_for_the_requests_to_finish(serve, jumping_clock):
    times = await leave_times(serve, 5, shutdown_deadline=5, farewell_seconds=60, farewells_per_second=1)
    assert times[-1] == pytest.approx(2, abs=0.1)


async def test_requests_are_answered_until_the_last_peer_is_sent_away(serve, jumping_clock):
    answers = []

    async def app(request):
        return Upgrade(echo) if request.headers.get("upgrade") else Response(200, [], b"done")

    async def ask_later():
        await first_gone.wait()
        answers.append(await ask(listener, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))

    async def wait_for_end(stream):
        await read_all(stream)
        first_gone.set()

    first_gone = trio.Event()
    async with trio.open_nursery() as nursery:
        settings = {"shutdown_deadline": 20, "farewell_seconds": 4, "farewells_per_second": 1}
        async with serve(app, patience=LONG, **settings) as listener:
            for _ in range(3):
                stream = await connect(listener)
                await stream.send_all(HANDSHAKE)
                await read_until(stream, b"\r\n\r\n")
                nursery.start_soon(wait_for_end, stream)
            nursery.start_soon(ask_later)
    assert answers[0].endswith(b"done")


async def test_a_client_that_goes_while_it_is_handed_over_is_let_go(serve):
    async with serve(upgrade_to(echo)) as listener:
        with trio.socket.socket() as accepting:
            await accepting.bind(("127.0.0.1", 0))
            accepting.listen()
            client = await trio.open_tcp_stream(*accepting.getsockname())
            accepted, _ = await accepting.accept()
            client.socket.setsockopt(trio.socket.SOL_SOCKET, trio.socket.SO_LINGER, struct.pack("ii", 1, 0))
            await client.aclose()
            with accepted, socket.socket(fileno=accepted.detach()) as handed:
                assert not listener.adopt(handed, b"", echo)
