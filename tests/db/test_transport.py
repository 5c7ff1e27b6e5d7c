"""The transport without a server: the answer to a transaction's beginning is taken out, however it is cut."""

from __future__ import annotations

import socket

import pytest

from mmfast.db.dsn import parse_dsn
from mmfast.db.transport import Surroundings, Transport

BEGUN = b"C\x00\x00\x00\x0aBEGIN\x00Z\x00\x00\x00\x05T"
NOTICE = b"N\x00\x00\x00\x08abc\x00"
ANSWER = b"2\x00\x00\x00\x04C\x00\x00\x00\x0dSELECT 1\x00Z\x00\x00\x00\x05T"
ERROR = b"E\x00\x00\x00\x09SFAT\x00\x00"


class Recorder:
    """A protocol that keeps what it is fed."""

    def __init__(self) -> None:
        self.data = b""

    def data_received(self, data: bytes) -> None:
        self.data += data


@pytest.fixture
def wire():
    """A transport with a recording protocol, and the server's end of its socket."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        transport = Transport(ours, parse_dsn("postgres://x@/x?host=/x"), "/x", Surroundings())
        transport.protocol = Recorder()
        yield transport, theirs


@pytest.mark.parametrize("cut", range(1, len(BEGUN + NOTICE + ANSWER)))
def test_the_answer_to_begin_is_taken_out(wire, cut):
    transport, server = wire
    transport.begin_due = True
    transport.write(b"statement")
    assert server.recv(100) == b"Q\x00\x00\x00\x0abegin\x00statement"
    stream = BEGUN[:11] + NOTICE + BEGUN[11:] + ANSWER
    for part in (stream[:cut], stream[cut:]):
        server.send(part)
        transport.receive()
    assert transport.protocol.data == NOTICE + ANSWER
    server.send(BEGUN)
    transport.receive()
    assert transport.protocol.data == NOTICE + ANSWER + BEGUN


def test_an_error_instead_reaches_the_protocol(wire):
    transport, server = wire
    transport.begin_due = True
    transport.write(b"statement")
    server.send(ERROR)
    transport.receive()
    assert transport.protocol.data == ERROR


def test_what_the_socket_does_not_take_is_kept(wire):
    transport, server = wire
    data = bytes(5_000_000)
    transport.write(data)
    assert 0 < len(transport.unsent) < len(data)
    transport.write(b"more")
    assert transport.unsent.endswith(b"more")
