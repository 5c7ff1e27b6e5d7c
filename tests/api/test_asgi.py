"""The application as ASGI under Hypercorn's Trio worker: HTTP/1.1, HTTP/2 and WebSockets."""

from contextlib import asynccontextmanager

import httpx2
import pytest
import trio
import trio_websocket

from mmfast.api.asgi import AsgiApplication, serve_hypercorn
from mmfast.hot import build_frame
from mmfast.wire.response import FileBody, Response, Upgrade
from mmfast.wire.websocket import Closed, accept_key


@asynccontextmanager
async def served(app):
    with trio.fail_after(30):
        async with trio.open_nursery() as nursery:
            addresses = await nursery.start(serve_hypercorn, app, "127.0.0.1:0")
            yield int(addresses[0].rpartition(":")[2])
            nursery.cancel_scope.cancel()


async def echo(request):
    body = await request.body(1000)
    return Response(201, [("X-Seen", f"{request.method} {request.path}?{request.query}")], body)


@pytest.mark.parametrize("version", [1, 2])
async def test_a_request_by_either_version(version):
    async with served(echo) as port, httpx2.AsyncClient(http1=version == 1, http2=version == 2) as client:
        answer = await client.post(f"http://127.0.0.1:{port}/a%20b?q=1", content=b"body")
    assert answer.http_version == ("HTTP/1.1" if version == 1 else "HTTP/2")
    assert (answer.status_code, answer.headers["x-seen"], answer.content) == (201, "POST /a%20b?q=1", b"body")


async def test_files_and_streams(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")

    async def pieces():
        yield b"ab"
        yield b"c"

    async def app(request):
        return Response(200, [], FileBody(str(path), 2, 5) if request.path == "/file" else pieces())

    async with served(app) as port, httpx2.AsyncClient() as client:
        assert (await client.get(f"http://127.0.0.1:{port}/file")).content == b"23456"
        assert (await client.get(f"http://127.0.0.1:{port}/stream")).content == b"abc"


async def test_a_websocket():
    async def handler(channel):
        try:
            while True:
                message = await channel.receive()
                await channel.send_text(message.encode() if isinstance(message, str) else message)
        except Closed:
            pass

    async def app(request):
        if request.path != "/ws" or accept_key(request) is None:
            return Response(404, [], b"no")
        return Upgrade(handler)

    async with served(app) as port:
        async with trio_websocket.open_websocket("127.0.0.1", port, "/ws", use_ssl=False) as client:
            await client.send_message("grüße")
            assert await client.get_message() == "grüße"
        with pytest.raises(trio_websocket.ConnectionRejected) as caught:
            async with trio_websocket.open_websocket("127.0.0.1", port, "/other", use_ssl=False):
                pass
        assert caught.value.status_code == 404


async def speak(app, scope, incoming):
    """Runs one scope with the messages given; what was sent."""
    sent = []
    messages = iter(incoming)

    async def receive():
        return next(messages)

    async def send(message):
        sent.append(message)

    await AsgiApplication(app)(scope, receive, send)
    return sent


async def test_a_websocket_by_http_2_looks_like_any_other_to_the_application():
    async def handler(channel):
        assert channel.fd == -1
        message = await channel.receive()
        frames = (build_frame(0x81, message.encode()), build_frame(0x8A, b""), build_frame(0x81, b"x"))
        await channel.send_frames(b"".join(frames))
        with pytest.raises(Closed):
            await channel.receive()

    async def app(request):
        assert accept_key(request) is not None
        return Upgrade(handler, [("X-Extra", "1")])

    scope = {
        "type": "websocket",
        "http_version": "2",
        "scheme": "wss",
        "path": "/ws",
        "raw_path": b"/ws",
        "query_string": b"",
        "headers": [(b"sec-websocket-version", b"13")],
        "client": ("10.0.0.1", 1),
    }
    incoming = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "hello"},
        {"type": "websocket.disconnect", "code": 1001},
    ]
    assert await speak(app, scope, incoming) == [
        {"type": "websocket.accept", "headers": [(b"x-extra", b"1")]},
        {"type": "websocket.send", "text": "hello"},
        {"type": "websocket.send", "text": "x"},
    ]


async def test_the_lifespan_is_kept_open_until_the_end():
    incoming = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent = await speak(echo, {"type": "lifespan"}, incoming)
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
