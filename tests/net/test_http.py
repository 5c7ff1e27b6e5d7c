"""HTTP as it comes over a socket: the recorded behaviour towards raw requests, bodies both ways, files and streams."""

import gzip

import pytest
import trio
import trio.testing

from mmfast.api.compression import compress
from mmfast.wire.request import BodyTooLarge
from mmfast.wire.response import FileBody, Response

from .conftest import ask, connect, read_all, read_until

GET = b"GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
CLOSE = b"Host: x\r\nConnection: close\r\n"


def split(answer: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    return line, {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}, body


async def test_a_request_with_connection_close(serve):
    async with serve() as listener:
        line, fields, body = split(await ask(listener, GET))
    assert (line, fields["connection"], body) == ("HTTP/1.1 200 OK", "close", b"GET /x ")


async def test_http_1_0(serve):
    async with serve() as listener:
        line, fields, body = split(await ask(listener, b"GET /x HTTP/1.0\r\n\r\n"))
        assert (line, body, "connection" in fields) == ("HTTP/1.0 200 OK", b"GET /x ", False)
        async with await connect(listener) as stream:
            for _ in range(2):
                await stream.send_all(b"GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                assert split(await read_until(stream, b"GET /x "))[1]["connection"] == "keep-alive"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"GET /x HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 Bad Request: missing required Host header"),
        (b"hello there\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        (
            b"GET /x HTTP/9.9\r\nHost: x\r\n\r\n",
            "HTTP/1.1 505 HTTP Version Not Supported: unsupported protocol version",
        ),
        (b"GET /api/v4/%zz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "HTTP/1.1 400 Bad Request"),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + b"b" * 1_100_000 + b"\r\n\r\n",
            "HTTP/1.1 431 Request Header Fields Too Large",
        ),
    ],
    ids=["no host", "not HTTP", "unknown version", "bad escape", "two lengths", "too large"],
)
async def test_a_broken_request_is_refused_and_the_connection_ended(serve, data, line):
    async with serve() as listener:
        got, fields, body = split(await ask(listener, data))
    assert (got, fields["content-type"], fields["connection"]) == (line, "text/plain; charset=utf-8", "close")
    assert body.decode() == line.removeprefix("HTTP/1.1 ")


async def test_unknown_and_lower_case_methods_reach_the_application(serve):
    async with serve() as listener:
        assert (await ask(listener, b"get /x HTTP/1.1\r\n" + CLOSE + b"\r\n")).endswith(b"get /x ")
        assert (await ask(listener, b"FOO /x HTTP/1.1\r\n" + CLOSE + b"\r\n")).endswith(b"FOO /x ")


async def test_a_chunked_body(serve):
    async with serve() as listener:
        data = b"POST /x HTTP/1.1\r\n" + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
        assert (await ask(listener, data)).endswith(b"POST /x abc")


async def test_pipelined_requests_are_answered_in_order(serve):
    async with serve() as listener:
        data = b"".join(b"POST /%d HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n%d" % (n, n) for n in range(5))
        answers = await ask(listener, data + GET)
    assert [answer.partition(b"HTTP")[0] for answer in answers.split(b"\r\n\r\n")[1:]] == [
        *(b"POST /%d %d" % (n, n) for n in range(5)),
        b"GET /x ",
    ]


async def test_continue_is_sent_when_the_body_is_wanted(serve):
    async with serve() as listener, await connect(listener) as stream:
        await stream.send_all(b"POST /x HTTP/1.1\r\n" + CLOSE + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert await read_until(stream, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        await stream.send_all(b"{}")
        assert (await read_all(stream)).endswith(b"POST /x {}")


async def refuse(request):
    return Response(403, [], b"no")


async def test_a_body_nobody_waited_for_ends_the_connection(serve):
    async with serve(refuse) as listener:
        fields = b"Host: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"
        answer = await ask(listener, b"POST /x HTTP/1.1\r\n" + fields + b"\r\n")
        assert b"403" in answer
        assert b"Connection: close" in answer


async def test_a_short_unread_body_is_passed_over(serve):
    async with serve(refuse) as listener:
        answer = await ask(listener, b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}" + GET)
        assert answer.count(b"HTTP/1.1 403") == 2


async def test_a_long_unread_body_does_not_destroy_the_answer(serve):
    async with serve(refuse) as listener:
        answer = await ask(listener, b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 3000000)
        assert answer.startswith(b"HTTP/1.1 403")


async def test_head_has_no_body(serve):
    async with serve() as listener:
        line, fields, body = split(await ask(listener, b"HEAD /x HTTP/1.1\r\n" + CLOSE + b"\r\n"))
        assert (line, body, fields["content-length"]) == ("HTTP/1.1 200 OK", b"", str(len("HEAD /x ")))


async def test_a_body_over_the_readers_limit(serve):
    async def app(request):
        try:
            await request.body(10)
        except BodyTooLarge:
            return Response(413)
        return Response(200)

    async with serve(app) as listener:
        start = b"POST / HTTP/1.1\r\n" + CLOSE
        assert b" 413 " in await ask(listener, start + b"Content-Length: 11\r\n\r\n" + b"x" * 11)
        assert b" 413 " in await ask(listener, start + b"Transfer-Encoding: chunked\r\n\r\nb\r\n" + b"x" * 11)
        assert b" 200 " in await ask(listener, start + b"Content-Length: 10\r\n\r\n" + b"x" * 10)


async def test_files_and_streams(serve, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bytes(range(256)) * 4000)

    async def stream():
        yield b"ab"
        yield b""
        yield b"c"

    async def app(request):
        if request.path == "/file":
            return Response(206, [], FileBody(str(path), 256, 1000 * 256))
        return Response(200, [], stream(), length=3 if request.path == "/known" else None)

    async with serve(app) as listener:
        _, fields, body = split(await ask(listener, b"GET /file HTTP/1.1\r\n" + CLOSE + b"\r\n"))
        assert (fields["content-length"], body) == ("256000", bytes(range(256)) * 1000)
        _, fields, body = split(await ask(listener, b"GET /known HTTP/1.1\r\n" + CLOSE + b"\r\n"))
        assert (fields["content-length"], body) == ("3", b"abc")
        _, fields, body = split(await ask(listener, b"GET / HTTP/1.1\r\n" + CLOSE + b"\r\n"))
        assert (fields["transfer-encoding"], body) == ("chunked", b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
        _, fields, body = split(await ask(listener, b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
        assert ("content-length" in fields, "connection" in fields, body) == (False, False, b"abc")


async def test_a_large_answer_to_a_slow_reader_comes_whole(serve):
    async def app(request):
        return Response(200, [], b"x" * 5_000_000)

    async with serve(app) as listener, await connect(listener) as stream:
        await stream.send_all(GET)
        await trio.testing.wait_all_tasks_blocked(0.05)
        assert len(split(await read_all(stream))[2]) == 5_000_000


async def test_a_header_with_a_line_break_is_never_sent(serve):
    async def app(request):
        return Response(200, [("X", "a\r\nSet-Cookie: b")])

    async with serve(app) as listener:
        assert await ask(listener, GET) == b""


async def test_answers_are_compressed_where_asked(serve):
    async def app(request):
        size = int(request.path[1:])
        return await compress(request.headers, Response(200, [("Content-Type", "application/json")], b"x" * size))

    async with serve(app) as listener:
        for size, accept, packed, known in (
            (5000, b"gzip", True, False),
            (5000, b"identity", False, False),
            (5000, b"gzip;q=0", False, False),
            (5000, b"deflate, br, gzip", True, False),
            (5000, b"*", True, False),
            (300_000, b"gzip", True, False),
            (20, b"gzip", False, True),
        ):
            _, fields, body = split(
                await ask(listener, b"GET /%d HTTP/1.1\r\nAccept-Encoding: %b\r\n%b\r\n" % (size, accept, CLOSE))
            )
            assert ("content-length" in fields) == known
            assert (fields.get("content-encoding") == "gzip") == packed
            if packed:
                start, rest = body.split(b"\r\n", 1)
                assert gzip.decompress(rest[: int(start, 16)]) == b"x" * size
