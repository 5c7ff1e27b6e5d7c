"""The twin is the specification: the same input gives the same output, or the same kind of refusal, from both."""

import json
import socket
from array import array
from importlib import import_module
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmfast.hot import MODULES
from mmfast.hot.fanout import Lines


def pair(name):
    """The twin and the extension; skips where the extension is not built."""
    if find_spec(f"mmfast_ext.{name}") is None:
        pytest.skip("the extension is not built")
    return import_module(f"mmfast.hot.{name}"), import_module(f"mmfast_ext.{name}")


def outcome(function, *args):
    """The result, or the type of what was raised."""
    try:
        return function(*args)
    except (ValueError, IndexError, TypeError, UnicodeError) as error:
        return type(error)


def same(name, function, *args):
    twin, extension = pair(name)
    expected = outcome(getattr(twin, function), *args)
    assert outcome(getattr(extension, function), *args) == expected
    return expected


@pytest.mark.parametrize("module_name", MODULES)
def test_same_names(module_name):
    twin, extension = pair(module_name)
    public = {
        n for n, v in vars(twin).items() if not n.startswith("_") and getattr(v, "__module__", "") == twin.__name__
    }
    helpers = {"fill", "text_frame"}  # steps of the twin's delivery that are used as they are where speed is no matter
    assert public - helpers <= set(dir(extension))


PLAIN_HEAD = (
    b"POST /api/v4/posts?a=b%20c HTTP/1.1\r\nHost: here\r\nAccept:*/*\r\n"
    b"X-Two:  words of it\r\nContent-Length: 12\r\n\r\n"
)
PIECES = st.sampled_from(
    [
        *(
            b"GET ",
            b"TRACE ",
            b"/x ",
            b"http://h/ ",
            b"/%zz ",
            b"/%4 ",
            b"HTTP/1.1\r\n",
            b"HTTP/1.0\r\n",
            b"\r\n",
            b"\n",
        ),
        *(b"Host: h\r\n", b"HOST:h \r\n", b"Connection: keep-alive\r\n", b"Connection: close\r\n", b"Expect: x\r\n"),
        *(b"content-length: 7\r\n", b"Content-Length: 1x\r\n", b"Content-Length: 0000000000000001\r\n", b"A:\r\n"),
        *(
            b"Upgrade: x\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"B: \xe9\r\n",
            b" folded\r\n",
            b"C : d\r\n",
            b"D: a\rb\r\n",
        ),
        *(b"n" * 256 + b": v\r\n", b"n" * 257 + b": v\r\n", b"E: a\tb\r\n", b"\r\n\r\nbody", b":", b"\x00", b""),
    ]
)


@given(st.lists(PIECES, max_size=9).map(b"".join), st.integers(0, 400))
def test_read_head(data, limit):
    same("heads", "read_head", data, limit)
    same("heads", "read_head", b"GET / HTTP/1.1\r\nHost: h\r\n" + data + b"\r\n\r\n", 1 << 20)


@given(st.integers(0, len(PLAIN_HEAD)), st.integers(0, 4), st.binary(max_size=4), st.integers(0, 200))
def test_read_head_of_a_plain_one_with_a_change(at, removed, put, limit):
    changed = PLAIN_HEAD[:at] + put + PLAIN_HEAD[at + removed :]
    same("heads", "read_head", changed, 1 << 20)
    same("heads", "read_head", PLAIN_HEAD, limit)
    method, target, fields, length, size = same("heads", "read_head", PLAIN_HEAD + b"rest", 1 << 20)
    assert (method, target, length, size) == ("POST", "/api/v4/posts?a=b%20c", 12, len(PLAIN_HEAD))
    assert fields[b"x-two"] == b"words of it"


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=4), st.text(max_size=9))
def test_write_head(fields, line):
    written = same("heads", "write_head", line, fields, line)
    if any(sign in text for field in fields for text in field for sign in "\r\n"):
        assert written is ValueError


@given(st.text())
def test_quote_json(text):
    document = json.dumps(text, ensure_ascii=False).encode()
    quoted = same("jsonenc", "quote_json", document)
    assert json.loads(json.loads(quoted)) == text


@given(st.text(max_size=5000).map(str.encode))
def test_quote_json_of_any_text(document):
    assert json.loads(same("jsonenc", "quote_json", document)) == document.decode()


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.text(), st.booleans())))
def test_envelope(fields):
    data = [(key, json.dumps(value).encode(), wrap) for key, (value, wrap) in fields.items()]
    text = same("jsonenc", "envelope", "posted", data, b'{"user_id":""}')
    read = json.loads(text + b"7}")
    assert read["seq"] == 7
    assert read["data"] == {k: json.dumps(v) if wrap else v for k, (v, wrap) in fields.items()}


@given(st.binary(max_size=20), st.integers(0, 8))
def test_parse_header(data, start):
    same("frames", "parse_header", data, start)
    same("frames", "parse_header", bytearray(data), start)


@given(st.binary(max_size=40), st.integers(-1, 2**32 - 1), st.integers(0, 10))
def test_unmask(data, key, start):
    end = max(start, len(data))
    if start <= len(data):
        same("frames", "unmask", bytearray(data), start, end, key)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 70000])
def test_build_frame(size):
    frame = same("frames", "build_frame", 0x82, b"x" * size)
    header = same("frames", "parse_header", frame, 0)
    assert (header[0], header[1], header[3]) == (0x82, size, -1)
    assert same("frames", "unmask", frame, header[2], len(frame), -1) == b"x" * size


@given(st.lists(st.integers(0, 30), max_size=30), st.lists(st.integers(0, 30), max_size=5))
def test_without(receivers, omitted):
    same("fanout", "without", array("i", receivers), omitted)


@given(st.lists(st.tuples(*[st.integers(-1, 3)] * 3), min_size=1, max_size=10), st.integers(0, 3))
def test_in_view(places, channel):
    lines = Lines()
    for three in places:
        line = lines.take(-1, "")
        lines.places[3 * line : 3 * line + 3] = array("i", three)
    same("fanout", "in_view", lines, array("i", range(len(places))), channel)


@given(st.lists(st.booleans(), min_size=1, max_size=10), st.lists(st.integers(0, 11), max_size=12), st.booleans())
def test_of_admins(admins, receivers, wanted):
    lines = Lines()
    for is_admin in admins:
        lines.admins[lines.take(-1, "")] = is_admin
    same("fanout", "of_admins", lines, array("i", receivers), wanted)


class Sockets:
    """Some lines with a socket pair each; `small` makes them block soon."""

    def __init__(self, count, small=False):
        self.lines, self.ours, self.theirs = Lines(), [], []
        for n in range(count):
            a, b = socket.socketpair()
            if small:
                a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            self.ours.append(a)
            self.theirs.append(b)
            self.lines.take(a.fileno(), f"{n:026d}")

    def heard(self):
        frames = []
        for sock in self.theirs:
            sock.setblocking(False)
            data = b""
            try:
                while chunk := sock.recv(1 << 20):
                    data += chunk
            except BlockingIOError:
                pass
            frames.append(data)
        return frames

    def close(self):
        for sock in self.ours + self.theirs:
            sock.close()


def both(count, script, small=False):
    """What the script leaves behind with each implementation."""
    results = []
    for module in pair("fanout"):
        sockets = Sockets(count, small)
        try:
            results.append(
                (
                    script(module.deliver, sockets),
                    sockets.heard(),
                    list(sockets.lines.numbers),
                    bytes(sockets.lines.flags),
                    sockets.lines.rings[:300].tolist(),
                )
            )
        finally:
            sockets.close()
    assert results[0] == results[1]
    return results[0]


@given(st.lists(st.tuples(st.lists(st.integers(0, 3), max_size=6), st.integers(0, 300)), max_size=12))
def test_deliver(events):
    def script(deliver, sockets):
        sockets.lines.flags[3] = 2
        sockets.lines.flags[2] = 3
        return [deliver(sockets.lines, array("i", to), b"x" * size, (), at) for at, (to, size) in enumerate(events)]

    both(4, script)


def test_deliver_patches_id_and_number():
    text = b'{"event":"posted","data":{"mentions":"[\\"' + b"#" * 26 + b'\\"]"},"seq":'
    mark = text.index(b"#")

    def script(deliver, sockets):
        for event in range(11):
            deliver(sockets.lines, array("i", [1, 0]), text, (mark,), event)

    _, heard, numbers, _, rings = both(2, script)
    assert numbers == [11, 11]
    assert rings[128:139] == list(range(11))
    last = json.loads(heard[1][-len(text) - 3 :])
    assert last["seq"] == 10
    assert json.loads(last["data"]["mentions"]) == [f"{1:026d}"]


def test_deliver_reports_what_blocks_and_breaks():
    def script(deliver, sockets):
        sockets.theirs[1].close()
        left = [deliver(sockets.lines, array("i", [0, 1]), b"y" * 300_000, (), 0)[1:] for _ in range(3)]
        sockets.theirs[1] = socket.socketpair()[0]
        return left

    results, *_ = both(2, script, small=True)
    assert results == [[(1, -2)]] * 3


def test_deliver_refuses_what_is_outside():
    for module in pair("fanout")[1:]:
        with pytest.raises(IndexError):
            module.deliver(Lines(), array("i", [0]), b"", (), 0)
        with pytest.raises(ValueError):
            module.deliver(Lines(), array("i", []), b"", (3,), 0)
