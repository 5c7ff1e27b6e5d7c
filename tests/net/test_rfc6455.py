"""The cases of the Autobahn test suite for RFC 6455, told in our own words and run against a listener that echoes.

The names are those of the suite's public list of cases: 1 framing, 2 pings, 3 reserved bits, 4 opcodes, 5
fragmentation, 6 UTF-8, 7 closing, 9 limits, 10 automatic fragmentation. Group 9 is here with smaller messages, so that
all takes a few seconds; `bench.autobahn` runs the suite itself, where one is at hand, at full size.

Each case sends pieces of bytes and names the messages and pongs that must come, and the code of the close frame. Where
the server finds nothing wrong, the client ends the connection with 1000.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest
import trio

from bench.autobahn.echo import LARGEST, application
from tests.net.conftest import connect, read_until

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FINAL = 0x80
KEY = b"\x37\xfa\x21\x3d"
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
PROTOCOL_ERROR, INVALID_DATA, NO_CODE = 1002, 1007, 1005

Frame = tuple[int, bytes]


class Case(NamedTuple):
    """What the client sends, piece by piece, and what it must get."""

    name: str
    sent: list[bytes]
    answers: list[Frame] = []
    end: int | None = None
    """The code of the server's close frame; None: the client says 1000 in the end, and gets it back."""


def frame(opcode: int, payload: bytes = b"", *, final: bool = True, reserved: int = 0) -> bytes:
    """A masked frame."""
    size = len(payload)
    if size < 126:
        length = bytes([FINAL | size])
    elif size < 1 << 16:
        length = bytes([FINAL | 126]) + struct.pack("!H", size)
    else:
        length = bytes([FINAL | 127]) + struct.pack("!Q", size)
    mask = int.from_bytes((KEY * (size // 4 + 1))[:size], "big")
    masked = (int.from_bytes(payload, "big") ^ mask).to_bytes(size, "big")
    return bytes([FINAL * final | reserved << 4 | opcode]) + length + KEY + masked


def message(opcode: int, parts: Iterable[bytes]) -> list[bytes]:
    """The frames of a fragmented message."""
    parts = list(parts)
    last = len(parts) - 1
    return [frame(CONTINUATION if n else opcode, part, final=n == last) for n, part in enumerate(parts)]


def pieces(data: bytes, size: int) -> list[bytes]:
    """The data cut every `size` bytes."""
    return [data[at : at + size] for at in range(0, len(data), size)]


def close(code: int | None = None, reason: bytes = b"") -> bytes:
    """A close frame."""
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


def framing() -> Iterator[Case]:
    for group, opcode, letter in ((1, TEXT, b"*"), (2, BINARY, b"\xfe")):
        for n, size in enumerate((0, 125, 126, 127, 128, 65535, 65536), start=1):
            payload = letter * size
            yield Case(f"1.{group}.{n}", [frame(opcode, payload)], [(opcode, payload)])
        payload = letter * 65536
        yield Case(f"1.{group}.8", pieces(frame(opcode, payload), 997), [(opcode, payload)])


def pings() -> Iterator[Case]:
    binary = bytes([0, 255, 254, 253, 252, 251, 0, 255])
    for n, payload in enumerate((b"", b"Hello, world!", binary, b"\xfe" * 125), start=1):
        yield Case(f"2.{n}", [frame(PING, payload)], [(PONG, payload)])
    yield Case("2.5", [frame(PING, b"\xfe" * 126)], [], PROTOCOL_ERROR)
    yield Case("2.6", pieces(frame(PING, b"\xfe" * 125), 1), [(PONG, b"\xfe" * 125)])
    yield Case("2.7", [frame(PONG)])
    yield Case("2.8", [frame(PONG, b"unasked")])
    yield Case("2.9", [frame(PONG, b"unasked"), frame(PING, b"asked")], [(PONG, b"asked")])
    ten = [b"payload-%d" % n for n in range(10)]
    asked = b"".join(frame(PING, payload) for payload in ten)
    yield Case("2.10", [asked], [(PONG, payload) for payload in ten])
    yield Case("2.11", pieces(asked, 1), [(PONG, payload) for payload in ten])


def reserved_bits() -> Iterator[Case]:
    hello = frame(TEXT, b"Hello, world!")
    echo = (TEXT, b"Hello, world!")
    yield Case("3.1", [frame(TEXT, b"Hello, world!", reserved=1)], [], PROTOCOL_ERROR)
    for n, bits, size in ((2, 2, 1 << 20), (3, 3, 0), (4, 4, 1)):
        frames = [hello, frame(TEXT, b"Hello, world!", reserved=bits), frame(PING)]
        sent = pieces(b"".join(frames), size) if size else frames
        yield Case(f"3.{n}", sent, [echo], PROTOCOL_ERROR)
    yield Case("3.5", [frame(BINARY, b"\0\xff\xfe", reserved=5)], [], PROTOCOL_ERROR)
    yield Case("3.6", [frame(PING, b"Hello, world!", reserved=6)], [], PROTOCOL_ERROR)
    yield Case("3.7", [frame(CLOSE, reserved=7)], [], PROTOCOL_ERROR)


def opcodes() -> Iterator[Case]:
    hello, echo = frame(TEXT, b"Hello, world!"), (TEXT, b"Hello, world!")
    for group, first in ((1, 3), (2, 11)):
        for n in range(5):
            odd = frame(first + n, b"" if n in (0, 2) else b"unknown")
            # The first two stand alone, the others behind a message: at once, frame by frame, byte by byte.
            behind = b"".join([hello, odd, frame(PING)])
            sent = [[odd], [odd], [behind], [hello, odd, frame(PING)], pieces(behind, 1)][n]
            yield Case(f"4.{group}.{n + 1}", sent, [echo] if n > 1 else [], PROTOCOL_ERROR)


def fragmentation() -> Iterator[Case]:
    one, two = b"fragment1", b"fragment2"
    both = message(TEXT, [one, two])
    echo = (TEXT, one + two)
    for n, opcode in ((1, PING), (2, PONG)):
        yield Case(f"5.{n}", [frame(opcode, one, final=False), frame(CONTINUATION, two)], [], PROTOCOL_ERROR)
    with_ping = [both[0], frame(PING, b"ping payload"), both[1]]
    for n, frames, answers in ((3, both, [echo]), (6, with_ping, [(PONG, b"ping payload"), echo])):
        yield Case(f"5.{n}", [b"".join(frames)], answers)
        yield Case(f"5.{n + 1}", frames, answers)
        yield Case(f"5.{n + 2}", pieces(b"".join(frames), 1), answers)
    for n, final in ((9, True), (12, False)):
        frames = [frame(CONTINUATION, b"non-continuation payload", final=final), frame(TEXT, b"Hello, world!")]
        yield Case(f"5.{n}", [b"".join(frames)], [], PROTOCOL_ERROR)
        yield Case(f"5.{n + 1}", frames, [], PROTOCOL_ERROR)
        yield Case(f"5.{n + 2}", pieces(b"".join(frames), 1), [], PROTOCOL_ERROR)
    stray = frame(CONTINUATION, b"fragment3", final=False)
    yield Case("5.15", [*both, stray, frame(TEXT, b"fragment4")], [echo], PROTOCOL_ERROR)
    for n, final in ((16, False), (17, True)):
        yield Case(f"5.{n}", [frame(CONTINUATION, one, final=final), *both] * 2, [], PROTOCOL_ERROR)
    yield Case("5.18", [frame(TEXT, one, final=False), frame(TEXT, two)], [], PROTOCOL_ERROR)
    parts = message(TEXT, [b"fragment%d" % n for n in range(1, 6)])
    frames = [*parts[:2], frame(PING, b"ping 1"), *parts[2:4], frame(PING, b"ping 2"), parts[4]]
    answers = [(PONG, b"ping 1"), (PONG, b"ping 2"), (TEXT, b"".join(b"fragment%d" % n for n in range(1, 6)))]
    yield Case("5.19", frames, answers)
    yield Case("5.20", [frames[0], b"".join(frames[1:])], answers)


GREEK = "κόσμε".encode()
LONG_TEXT = "Hello-µ@ßöäüàá-UTF-8!!".encode()
SURROGATES = tuple(b"\xed" + bytes(pair) for pair in ((0xA0, 0x80), (0xAD, 0xBF), (0xAE, 0x80), (0xAF, 0xBF)))
LOW_SURROGATES = tuple(b"\xed" + bytes(pair) for pair in ((0xB0, 0x80), (0xBE, 0x80), (0xBF, 0xBF)))
PLANE_ENDS = [chr(plane << 16 | low).encode() for plane in range(17) for low in (0xFFFE, 0xFFFF)]
VALID = {
    "6.5": [GREEK],
    "6.6": [GREEK[:size] for size in (2, 4, 6, 8, len(GREEK))],
    "6.7": [b"\0", "\x80".encode(), "\u0800".encode(), "\U00010000".encode()],
    "6.9": [b"\x7f", "\u07ff".encode(), "\uffff".encode(), "\U0010ffff".encode()],
    "6.11": [c.encode() for c in ("\ud7ff", "\ue000", "\ufffd", "\U0010ffff")],
    "6.22": PLANE_ENDS,
    "6.23": [chr(c).encode() for c in range(0xFFF9, 0x10000)],
}
INVALID = {
    "6.6": [GREEK[:size] for size in (1, 3, 5, 7, 9)] + [b"\xce\xba\xe1", b"\xce\xba\xe1\xbd"],
    "6.8": [b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80"],
    "6.10": [b"\xf7\xbf\xbf\xbf", b"\xfb\xbf\xbf\xbf\xbf", b"\xfd\xbf\xbf\xbf\xbf\xbf"],
    "6.11": [b"\xf4\x90\x80\x80"],
    "6.12": [b"\x80", b"\xbf", *(bytes([0x80, 0xBF] * 4)[:size] for size in range(2, 8)), bytes(range(0x80, 0xC0))],
    "6.13": [
        b"".join(bytes([c]) + b" " for c in range(first, last))
        for first, last in ((0xC0, 0xE0), (0xE0, 0xF0), (0xF0, 0xF8), (0xF8, 0xFC), (0xFC, 0xFE))
    ],
    "6.14": [
        b"\xc0", b"\xe0\x80", b"\xf0\x80\x80", b"\xf8\x80\x80\x80", b"\xfc\x80\x80\x80\x80",
        b"\xdf", b"\xef\xbf", b"\xf7\xbf\xbf", b"\xfb\xbf\xbf\xbf", b"\xfd\xbf\xbf\xbf\xbf",
    ],
    "6.15": [b"\xc0\xe0\x80\xf0\x80\x80\xf8\x80\x80\x80\xfc\x80\x80\x80\x80\xdf\xef\xbf\xf7\xbf\xbf"],
    "6.16": [b"\xfe", b"\xff", b"\xfe\xfe\xff\xff"],
    "6.17": [b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xf8\x80\x80\x80\xaf", b"\xfc\x80\x80\x80\x80\xaf"],
    "6.18": [
        b"\xc1\xbf", b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf", b"\xf8\x87\xbf\xbf\xbf", b"\xfc\x83\xbf\xbf\xbf\xbf",
    ],
    "6.19": [b"\xc0\x80", b"\xe0\x80\x80", b"\xf0\x80\x80\x80", b"\xf8\x80\x80\x80\x80", b"\xfc\x80\x80\x80\x80\x80"],
    "6.20": [*SURROGATES, *LOW_SURROGATES],
    "6.21": [high + low for high in SURROGATES for low in (LOW_SURROGATES[0], LOW_SURROGATES[2])],
}  # fmt: skip
"""Byte sequences that are UTF-8 and that are not: boundaries, overlong forms, surrogates, what stands alone."""


def utf8() -> Iterator[Case]:
    yield Case("6.1.1", [frame(TEXT)], [(TEXT, b"")])
    yield Case("6.1.2", message(TEXT, [b"", b"", b""]), [(TEXT, b"")])
    yield Case("6.1.3", message(TEXT, [b"", b"middle frame payload", b""]), [(TEXT, b"middle frame payload")])
    yield Case("6.2.1", [frame(TEXT, LONG_TEXT)], [(TEXT, LONG_TEXT)])
    yield Case("6.2.2", message(TEXT, [LONG_TEXT[:12], LONG_TEXT[12:]]), [(TEXT, LONG_TEXT)])
    yield Case("6.2.3", message(TEXT, pieces(LONG_TEXT, 1)), [(TEXT, LONG_TEXT)])
    yield Case("6.2.4", message(TEXT, pieces(GREEK, 1)), [(TEXT, GREEK)])
    bad = GREEK + SURROGATES[0] + b"edited"
    yield Case("6.3.1", [frame(TEXT, bad)], [], INVALID_DATA)
    yield Case("6.3.2", message(TEXT, pieces(bad, 1)), [], INVALID_DATA)
    yield from fail_fast()
    for group, texts in VALID.items():
        for n, text in enumerate(texts, start=1):
            yield Case(f"{group} valid {n}", [frame(TEXT, text)], [(TEXT, text)])
    for group, texts in INVALID.items():
        for n, text in enumerate(texts, start=1):
            yield Case(f"{group} invalid {n}", [frame(TEXT, text)], [], INVALID_DATA)


def fail_fast() -> Iterator[Case]:
    """The message is never finished: the server must refuse it at the first byte that cannot be."""
    begun = frame(TEXT, GREEK, final=False)
    yield Case("6.4.1", [begun, frame(CONTINUATION, b"\xf4\x90\x80\x80", final=False)], [], INVALID_DATA)
    yield Case("6.4.2", [begun, frame(CONTINUATION, b"\xf4\x90", final=False)], [], INVALID_DATA)
    head = 2 + len(KEY)
    whole = frame(TEXT, GREEK + b"\xf4\x90\x80\x80edited")
    cut = head + len(GREEK)
    yield Case("6.4.3", [whole[:cut], whole[cut : cut + 4]], [], INVALID_DATA)
    yield Case("6.4.4", [whole[:cut], *pieces(whole[cut : cut + 2], 1)], [], INVALID_DATA)


def closing() -> Iterator[Case]:
    hello, echo = frame(TEXT, b"Hello World!"), (TEXT, b"Hello World!")
    yield Case("7.1.1", [hello, close(1000)], [echo], 1000)
    yield Case("7.1.2", [close(1000), close(1000)], [], 1000)
    yield Case("7.1.3", [close(1000), frame(PING)], [], 1000)
    yield Case("7.1.4", [close(1000), hello], [], 1000)
    yield Case("7.1.5", [frame(TEXT, b"1", final=False), close(1000), frame(CONTINUATION, b"2")], [], 1000)
    big = b"BAsd7&jh23" * 26000
    yield Case("7.1.6", [frame(TEXT, big), hello, close(1000), frame(PING)], [(TEXT, big), echo], 1000)
    yield Case("7.3.1", [close()], [], NO_CODE)
    yield Case("7.3.2", [frame(CLOSE, b"a")], [], PROTOCOL_ERROR)
    yield Case("7.3.3", [close(1000)], [], 1000)
    yield Case("7.3.4", [close(1000, b"Hello World!")], [], 1000)
    yield Case("7.3.5", [close(1000, b"*" * 123)], [], 1000)
    yield Case("7.3.6", [close(1000, b"*" * 124)], [], PROTOCOL_ERROR)
    yield Case("7.5.1", [close(1000, GREEK + SURROGATES[0] + b"edited")], [], INVALID_DATA)
    allowed = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
    for n, code in enumerate(allowed, start=1):
        yield Case(f"7.7.{n}", [close(code)], [], code)
    for n, code in enumerate((0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999), start=1):
        yield Case(f"7.9.{n}", [close(code)], [], PROTOCOL_ERROR)
    for n, code in enumerate((5000, 65535), start=1):
        yield Case(f"7.13.{n}", [close(code)], [], PROTOCOL_ERROR)


def limits() -> Iterator[Case]:
    for shift, opcode, letter in ((0, TEXT, b"*"), (1, BINARY, b"\xfe")):
        for n, size in enumerate((64 << 10, 256 << 10, 1 << 20), start=1):
            yield Case(f"9.{1 + shift}.{n}", [frame(opcode, letter * size)], [(opcode, letter * size)])
        payload = letter * (256 << 10)
        for n, size in enumerate((64, 256, 1024, 4096, 16384, 65536, 256 << 10), start=1):
            sent = [b"".join(message(opcode, pieces(payload, size)))]
            yield Case(f"9.{3 + shift}.{n}", sent, [(opcode, payload)])
        for n, size in enumerate((128, 256, 512, 1024, 2048), start=1):
            sent = pieces(frame(opcode, payload[: size << 8]), size)
            yield Case(f"9.{5 + shift}.{n}", sent, [(opcode, payload[: size << 8])])
        for n, size in enumerate((0, 16, 64, 256, 1024, 4096), start=1):
            payload = letter * size
            yield Case(f"9.{7 + shift}.{n}", [frame(opcode, payload)] * 100, [(opcode, payload)] * 100)


def automatic_fragmentation() -> Iterator[Case]:
    payload = b"*" * 65536
    yield Case("10.1.1", message(TEXT, pieces(payload, 1300)), [(TEXT, payload)])


GROUPS = (
    framing, pings, reserved_bits, opcodes, fragmentation, utf8, closing, limits, automatic_fragmentation,
)  # fmt: skip
CASES = [case for group in GROUPS for case in group()]


def parse(data: bytes) -> list[Frame]:
    """The server's frames; they must be whole, final and not masked."""
    frames, at = [], 0
    while at < len(data):
        first, size = data[at], data[at + 1]
        assert first & 0xF0 == FINAL, "reserved bits, or a fragment"
        assert size < FINAL, "the server masks"
        at += 2
        if size > 125:
            width = 2 if size == 126 else 8
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        assert at + size <= len(data), "the connection ended within a frame"
        frames.append((first & 0x0F, data[at : at + size]))
        at += size
    return frames


async def send(stream: trio.SocketStream, sent: list[bytes]) -> None:
    """Sends the pieces one by one; what a server that has closed does not take any more is no matter."""
    try:
        for piece in sent:
            await stream.send_all(piece)
    except trio.BrokenResourceError:
        return


async def converse(listener, case: Case) -> tuple[list[Frame], bytes]:
    """The frames that came, and the payload of the close frame that ended the connection."""
    received = bytearray()
    async with await connect(listener) as stream:
        await stream.send_all(HANDSHAKE)
        received += (await read_until(stream, b"\r\n\r\n")).partition(b"\r\n\r\n")[2]
        async with trio.open_nursery() as nursery:
            nursery.start_soon(send, stream, [*case.sent, close(1000)] if case.end is None else case.sent)
            async for data in stream:
                received += data
    *frames, (last, payload) = parse(bytes(received))
    assert last == CLOSE, "no close frame"
    return frames, payload


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_case(serve, case):
    async with serve(application, max_message_bytes=LARGEST) as listener:
        frames, payload = await converse(listener, case)
    assert frames == case.answers
    code = int.from_bytes(payload[:2], "big") if payload else NO_CODE
    assert code == (case.end or 1000)


def test_every_group_of_the_list_is_here():
    assert {case.name.partition(".")[0] for case in CASES} == {"1", "2", "3", "4", "5", "6", "7", "9", "10"}
    assert len({case.name for case in CASES}) == len(CASES)
