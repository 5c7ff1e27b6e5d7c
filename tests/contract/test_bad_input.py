"""What no client should send, to a whole worker through its own listener: each gets the right refusal, none harms."""

import json
import logging
from contextlib import asynccontextmanager

import pytest
import trio

from mmfast.net.listener import Listener, ListenerSettings
from tests.client import PASSWORD

BODY_ERROR = "api.context.invalid_body_param.app_error"


class Wire:
    """Raw requests to a listener, each on a connection of its own."""

    def __init__(self, port, token):
        self.port = port
        self.token = token

    async def send(self, data):
        """The bytes of all that is answered."""
        async with await trio.open_tcp_stream("127.0.0.1", self.port) as stream:
            await stream.send_all(data)
            return b"".join([piece async for piece in stream])

    async def ask(self, method, path, body=b"", **fields):
        """Status and error id of the answer to one request."""
        lines = [f"{method} {path} HTTP/1.1", "Host: test", "Connection: close", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        if "Authorization" not in fields:
            lines.append(f"Authorization: Bearer {self.token}")
        answer = await self.send("\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body)
        head, _, content = answer.partition(b"\r\n\r\n")
        status = int(head.split(b" ")[1])
        return status, json.loads(content).get("id", "") if content[:1] == b"{" else ""


@pytest.fixture
async def wire(server, admin, nursery, caplog):
    """The admin's wire; nothing it sends may be logged as a failure."""
    caplog.set_level(logging.WARNING)
    listener = Listener("127.0.0.1:0", ListenerSettings(shutdown_deadline=1))
    with listener.bound():
        nursery.start_soon(listener.serve, server[1])
        yield Wire(listener.port, admin.token)
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{]",
        b"nul",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"[" * 3000 + b"]" * 3000,
        b'{"channel_id": NaN}',
        b"\x00",
        b'"text"',
        b"7",
        b'{"channel_id": 1e999}',
        b'{"message": ["a"]}',
    ],
    ids=lambda body: repr(body[:16]),
)
async def test_broken_json(wire, body):
    assert await wire.ask("POST", "/api/v4/posts", body) == (400, BODY_ERROR)


async def test_bytes_that_are_not_utf_8_are_replaced_and_not_refused(wire):
    body = b'{"login_id": "\xff\xfe", "password": "\xc3"}'
    status, error = await wire.ask("POST", "/api/v4/users/login", body)
    assert (status, error) == (401, "api.user.login.invalid_credentials_email_username")


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data", "x" * 1000, "", "\t"])
async def test_the_content_type_of_json_does_not_matter(wire, content_type):
    body = b'{"login_id": "sysadmin", "password": "wrong"}'
    assert (await wire.ask("POST", "/api/v4/users/login", body, Content_Type=content_type))[0] == 401


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "b" * 300,
        "multipart/mixed; boundary=x",
        "application/json",
    ],
)
@pytest.mark.parametrize("body", [b"", b"--x\r\n\r\n", b"--x--\r\n", b"\xff" * 1000], ids=repr)
async def test_forms_that_are_none(wire, content_type, body):
    for path in ("/api/v4/files", "/api/v4/emoji", "/api/v4/users/me/image", "/api/v4/brand/image", "/api/v4/license"):
        status, _ = await wire.ask("POST", path, body, Content_Type=content_type)
        assert status in (400, 403, 501), path


async def test_a_body_over_the_limit(server, wire):
    app, _ = server
    await app.config_store.patch({"ServiceSettings": {"MaximumPayloadSizeBytes": 1000}})
    body = b'{"message": "' + b"x" * 2000 + b'"}'
    status, error = await wire.ask("POST", "/api/v4/posts", body)
    assert (status, error) == (413, "api.context.request_body_too_large.app_error")
    await app.config_store.patch({"FileSettings": {"MaxFileSize": 1000}})
    status, _ = await wire.ask("POST", "/api/v4/files?channel_id=" + "a" * 26 + "&filename=a", b"x" * 5000)
    assert status in (400, 403, 413)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v4/../../etc/passwd",
        "/api/v4/users/../config",
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/static/\\..\\..\\etc\\passwd",
        "/static/%00",
        "/%00",
        "/%ff%fe",
        "/api/v4/users/%00",
        "/api/v4/users/%2e%2e%2fconfig",
        "/api/v4/files/%2e%2e%2f%2e%2e",
        "/api/v4/exports/..%2f..%2fconfig.json.zip",
        "/api/v4/emoji/name/..%2f..",
        "//evil.example/%2f..",
        "/api/v4//users//me",
        "/api/v4/users/me/",
    ],
)
async def test_tricks_with_paths(wire, path):
    answer = await wire.send(
        f"GET {path} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {wire.token}\r\nConnection: close\r\n\r\n".encode()
    )
    head, _, content = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ")[1])
    assert status < 500
    assert b"root:" not in content
    assert b"SqlSettings" not in content
    if status in (301, 302):
        location = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"location:"))
        assert not location.split(b" ", 1)[1].startswith((b"//", b"http"))


async def test_a_long_address_and_strange_headers(wire):
    assert (await wire.ask("GET", "/api/v4/users?" + "a" * 5000))[0] == 414
    assert (await wire.ask("GET", "/api/v4/users/me", Authorization="Bearer " + "x" * 5000))[0] == 401
    assert (await wire.ask("GET", "/api/v4/users/me", Authorization="Bearer \udcff\udcfe"))[0] == 401
    assert (await wire.ask("GET", "/api/v4/users/me", Cookie="MMAUTHTOKEN=\udcff; ;=;;", Authorization=""))[0] == 401
    assert (await wire.ask("GET", "/api/v4/users/me", If_None_Match='"\udcff', Range="bytes=-1-2,x"))[0] == 200
    assert (await wire.ask("GET", "/api/v4/users/me", Accept_Language="\udcff,,;q=x", Accept_Encoding=";q=9"))[0] == 200
    assert (await wire.ask("BREW", "/api/v4/users/me"))[0] == 404


@pytest.mark.parametrize(
    "data",
    [
        b"POST /api/v4/posts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
        b"POST /api/v4/posts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        b"POST /api/v4/posts HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v4/posts HTTP/1.1\r\nHost: x\r\nContent-Length: 1e3\r\n\r\n",
        b"GET /api/v4/users/me HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
        b"GET /api/v4/users/me\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["bad chunk", "two lengths", "negative", "not a number", "folded", "no version", "TLS"],
)
async def test_broken_requests(wire, data):
    async with await trio.open_tcp_stream("127.0.0.1", wire.port) as stream:
        await stream.send_all(data)
        await stream.send_eof()
        answer = b"".join([piece async for piece in stream])
    assert answer == b"" or answer.split(b" ")[1] in (b"400", b"401", b"505"), answer
    assert (await wire.ask("GET", "/api/v4/users/me"))[0] == 200


@asynccontextmanager
async def websocket(wire, query=""):
    """A WebSocket by hand, which has heard the hello."""
    async with await trio.open_tcp_stream("127.0.0.1", wire.port) as stream:
        await stream.send_all(
            f"GET /api/v4/websocket{query} HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {wire.token}\r\n\r\n".encode()
        )
        received = b""
        while b'"hello"' not in received:
            piece = await stream.receive_some(65536)
            assert piece, received
            received += piece
        yield stream


@pytest.mark.parametrize(
    "frame",
    [
        b"\x81\x05hello",
        b"\xf1\x80\0\0\0\0",
        b"\x83\x80\0\0\0\0",
        b"\x89\xfe\x01\x00\0\0\0\0" + b"x" * 256,
        b"\x09\x80\0\0\0\0",
        b"\x80\x80\0\0\0\0",
        b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0",
        b"\x81\xff\x80\0\0\0\0\0\0\x01\0\0\0\0",
        b"\x81\x82\0\0\0\0\xff\xfe",
        b"\x81\x81\0\0\0\0{",
        b"\x88\x81\0\0\0\0\x03",
        b"\x82\x81\0\0\0\0\xc1",
        b"\x81\x82\0\0\0\0[]",
        b"\x81\xfe\x40\x00\0\0\0\0" + b"[" * 0x4000,
    ],
    ids=[
        "not masked",
        "reserved bits",
        "unknown opcode",
        "long ping",
        "cut ping",
        "nothing to continue",
        "endless",
        "negative length",
        "not UTF-8",
        "not JSON",
        "short close",
        "not msgpack",
        "no request",
        "deep JSON",
    ],
)
async def test_broken_frames_end_the_websocket(wire, frame):
    with trio.fail_after(20):
        async with websocket(wire) as stream:
            await stream.send_all(frame)
            await stream.send_eof()
            async for _ in stream:
                pass
    assert (await wire.ask("GET", "/api/v4/users/me"))[0] == 200


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"seq": "x", "action": 1}',
        '{"seq": 1e99, "action": "ping"}',
        '{"seq": 1, "action": "' + "x" * 5000 + '"}',
        '{"seq": 1, "action": "user_typing", "data": []}',
        '{"seq": 1, "action": "user_typing", "data": {"channel_id": {}}}',
        '{"seq": 1, "action": "get_statuses_by_ids", "data": {"user_ids": [null, "\\u0000", 7]}}',
        '{"seq": 1, "action": "get_statuses_by_ids", "data": {"user_ids": "x"}}',
        '{"seq": 1, "action": "presence", "data": {"channel_id": 7}}',
        '{"seq": 1, "action": "user_update_active_status", "data": {"user_is_active": "yes"}}',
    ],
    ids=lambda text: text[:60],
)
async def test_requests_over_the_websocket_that_make_no_sense(wire, text):
    data = text.encode()
    head = b"\x81" + (bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big"))
    with trio.fail_after(20):
        async with websocket(wire) as stream:
            await stream.send_all(head + b"\0\0\0\0" + data + b"\x88\x80\0\0\0\0")
            async for _ in stream:
                pass
    login = json.dumps({"login_id": "sysadmin", "password": PASSWORD}).encode()
    assert (await wire.ask("POST", "/api/v4/users/login", login))[0] == 200
