"""A client that does not read what it is sent: it is let go, and the others get everything."""

import json
import socket
from contextlib import suppress

import trio

from tests.faults.caller import heard

POSTS = 300
"""More than a client's queue of 256 events and the kernel's buffers hold at this size."""

LONG = "x" * 16_000

HANDSHAKE = (
    "GET /api/v4/websocket HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nAuthorization: {}\r\n\r\n"
)


async def open_deaf(caller):
    """A WebSocket whose owner reads nothing after the handshake, through as small a buffer as there is."""
    sock = trio.socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    await sock.connect(("127.0.0.1", caller.port))
    stream = trio.SocketStream(sock)
    await stream.send_all(HANDSHAKE.format(caller.client.headers["Authorization"]).encode())
    assert b" 101 " in await stream.receive_some(200)
    return stream


async def test_a_deaf_client_is_let_go_and_the_others_hear_everything(alone, caller):
    channel_id = await caller.create_channel("deaf")
    async with await open_deaf(caller) as deaf, caller.websocket() as attentive:
        await heard(attentive, "hello")
        numbers = []

        async def listen():
            while len(numbers) < POSTS:
                post = json.loads((await heard(attentive, "posted"))["data"]["post"])
                numbers.append(int(post["message"].split()[0]))

        async with trio.open_nursery() as nursery:
            nursery.start_soon(listen)
            for number in range(POSTS):
                await caller.create("/posts", channel_id=channel_id, message=f"{number} {LONG}")
        assert numbers == list(range(POSTS))
        received = 0
        with suppress(trio.BrokenResourceError):  # cut off with data on the way
            while data := await deaf.receive_some(1 << 20):
                received += len(data)
        assert received < POSTS * len(LONG)
    assert (await caller.client.get("/users/me")).status_code == 200
