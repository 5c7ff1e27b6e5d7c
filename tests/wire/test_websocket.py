"""RFC 6455 as the server must keep it, and wsproto as an independent opinion."""

import struct

import pytest
import wsproto
import wsproto.events
from hypothesis import given
from hypothesis import strategies as st

from mmfast.hot import build_frame, unmask
from mmfast.wire.request import Headers, Request
from mmfast.wire.websocket import (
    BINARY,
    CLOSE,
    CONTINUATION,
    FINAL,
    PING,
    TEXT,
    Closed,
    Control,
    MessageReader,
    accept_key,
    build_close,
    close_answer,
    parse_close,
)

KEY = b"\x01\xfe\x37\x80"


def frame(first: int, payload: bytes = b"", key: bytes = KEY) -> bytes:
    """A frame as a client sends it."""
    plain = build_frame(first, payload)
    head = plain[: len(plain) - len(payload)]
    masked = unmask(payload, 0, len(payload), int.from_bytes(key, "big"))
    return head[:1] + bytes((head[1] | 0x80,)) + head[2:] + key + masked


def read(data: bytes, size: int = 1 << 20) -> list:
    """What comes out; a violation's close code as the last element."""
    reader = MessageReader(8192)
    out: list = []
    for start in range(0, len(data), size):
        reader.feed(data[start : start + size])
        try:
            while (event := reader.next_event()) is not None:
                out.append(event)
        except Closed as closed:
            return [*out, closed.code]
    return out


def cuts(data: bytes) -> list[int]:
    return sorted({1, 2, 3, 7, len(data) or 1})


MESSAGE = st.one_of(st.text(max_size=300), st.binary(max_size=300))


@given(st.lists(st.tuples(MESSAGE, st.lists(st.integers(0, 300), max_size=3), st.booleans()), max_size=4))
def test_messages_come_out_however_they_are_fragmented_and_cut(messages):
    data, expected = b"", []
    for message, edges, ping in messages:
        payload = message.encode() if isinstance(message, str) else message
        opcode = TEXT if isinstance(message, str) else BINARY
        marks = sorted({0, len(payload), *(edge for edge in edges if edge < len(payload))})
        parts = [payload[a:b] for a, b in zip(marks, marks[1:], strict=False)] or [b""]
        for number, part in enumerate(parts):
            first = opcode if number == 0 else CONTINUATION
            if ping and number:
                data += frame(FINAL | PING, b"p")
                expected.append(Control(PING, b"p"))
            data += frame(first | (FINAL if number == len(parts) - 1 else 0), part)
        expected.append(message)
    for size in cuts(data):
        assert read(data, size) == expected


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 3), st.binary(max_size=20)), max_size=4))
def test_violations_do_not_depend_on_how_the_bytes_are_cut(frames):
    data = b"".join(frame(first, payload) if kind else build_frame(first, payload) for first, kind, payload in frames)
    whole = read(data)
    for size in cuts(data):
        assert read(data, size) == whole


@given(st.lists(st.tuples(st.sampled_from([0x81, 0x82, 0x01, 0x80, 0x89, 0x8A]), st.binary(max_size=20)), max_size=5))
def test_wsproto_agrees(frames):
    data = b"".join(frame(first, payload) for first, payload in frames)
    theirs = wsproto.connection.Connection(wsproto.ConnectionType.SERVER)
    theirs.receive_data(data)
    out: list = []
    text, binary = "", b""
    try:
        for event in theirs.events():
            if isinstance(event, wsproto.events.TextMessage):
                text += event.data
                if event.message_finished:
                    out.append(text)
                    text = ""
            elif isinstance(event, wsproto.events.BytesMessage):
                binary += bytes(event.data)
                if event.message_finished:
                    out.append(binary)
                    binary = b""
            elif isinstance(event, wsproto.events.Ping | wsproto.events.Pong):
                out.append(Control(PING if isinstance(event, wsproto.events.Ping) else 0xA, bytes(event.payload)))
            elif isinstance(event, wsproto.events.CloseConnection):
                out.append(int(event.code))
    except wsproto.utilities.RemoteProtocolError as error:
        out.append(int(error.event_hint.code))
    assert read(data) == out


VIOLATIONS = {
    "reserved bit": (frame(0xC1, b"x"), 1002),
    "unknown opcode": (frame(0x83), 1002),
    "unknown control opcode": (frame(0x8B), 1002),
    "not masked": (build_frame(0x81, b"x"), 1002),
    "fragmented ping": (frame(0x09), 1002),
    "long ping": (frame(0x89, b"x" * 126), 1002),
    "continuation of nothing": (frame(0x80, b"x"), 1002),
    "a message within a message": (frame(0x01, b"x") + frame(0x81, b"x"), 1002),
    "length not in its shortest form": (b"\x81\xfe\x00\x05" + KEY, 1002),
    "length with its top bit set": (b"\x81\xff" + b"\x80" + b"\0" * 7 + KEY, 1002),
    "text that is no UTF-8": (frame(0x81, b"\xff"), 1007),
    "text ending within a character": (frame(0x81, b"\xc3"), 1007),
    "a surrogate": (frame(0x81, b"\xed\xa0\x80"), 1007),
    "bad UTF-8 in a fragment, before the end": (frame(0x01, b"\xff"), 1007),
    "too long": (frame(0x81, b"x" * 8193), 1009),
    "too long in fragments": (frame(0x01, b"x" * 8000) + frame(0x80, b"x" * 193), 1009),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_violation_closes_with_its_code(name):
    data, code = VIOLATIONS[name]
    for size in cuts(data):
        assert read(data, size) == [code]


def test_bad_utf8_is_refused_before_its_frame_is_complete():
    assert read(frame(0x81, b"\xff" + b"x" * 100)[:10]) == [1007]


def test_a_message_of_the_greatest_length_is_taken():
    assert read(frame(0x81, b"x" * 8192)) == ["x" * 8192]


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        (b"", b"\x88\x00"),
        (b"\x03\xe8bye", b"\x88\x02\x03\xe8"),
        (struct.pack("!H", 4999), b"\x88\x02\x13\x87"),
        (b"\x03", 1002),
        (struct.pack("!H", 999), 1002),
        (struct.pack("!H", 1005), 1002),
        (struct.pack("!H", 1006), 1002),
        (struct.pack("!H", 1016), 1002),
        (struct.pack("!H", 2999), 1002),
        (struct.pack("!H", 5000), 1002),
        (b"\x03\xe8\xff", 1007),
    ],
)
def test_a_close_frame_is_answered(payload, answer):
    assert read(frame(FINAL | CLOSE, payload)) == [Control(CLOSE, payload)]
    if isinstance(answer, bytes):
        assert close_answer(payload) == answer
    else:
        assert parse_close(close_answer(payload)[2:])[0] == answer


def test_a_close_reason_is_cut_between_characters():
    built = build_close(1000, "ä" * 100)
    assert len(built) <= 127
    assert parse_close(built[2:]) == (1000, "ä" * 61)


def handshake(**changes: str) -> Request:
    fields = {
        "host": "x",
        "upgrade": "WebSocket",
        "connection": "keep-alive, Upgrade",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version": "13",
    }
    fields |= {name.replace("_", "-"): value for name, value in changes.items()}
    return Request("GET", "/", Headers([(name.encode(), value.encode()) for name, value in fields.items()]))


def test_the_handshake_of_the_rfc():
    assert accept_key(handshake()) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.mark.parametrize(
    "changes",
    [
        {"upgrade": "h2c"},
        {"connection": "close"},
        {"sec_websocket_version": "8"},
        {"sec_websocket_key": "short"},
        {"sec_websocket_key": "c2hvcnQ="},
    ],
)
def test_what_is_no_handshake(changes):
    assert accept_key(handshake(**changes)) is None
