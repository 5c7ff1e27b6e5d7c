"""Times every function of mmfast.hot in both implementations, on inputs of the size that the server sees."""

import argparse
import json
import socket
import timeit
from array import array
from importlib import import_module

from bench.results import write
from mmfast.hot import MODULES
from mmfast.hot.fanout import Lines

POST = json.dumps(
    {
        "id": "a" * 26,
        "create_at": 1700000000000,
        "message": 'A message of "ordinary" length,\nwith a second line and a link https://example.com/x/y.',
        "props": {"from_webhook": "true"},
        "metadata": {"embeds": [], "files": [{"id": "f" * 26, "name": "picture.png", "width": 640, "height": 480}]},
        "user_id": "u" * 26,
        "channel_id": "c" * 26,
        "hashtags": "",
        "pending_post_id": "u" * 26 + ":1700000000000",
    }
).encode()

FIELDS = [(f"X-Field-{n}", "a value of common length") for n in range(10)]
REQUEST = b"GET /api/v4/users/me HTTP/1.1\r\nHost: chat.example.com\r\nAuthorization: Bearer " + b"a" * 26 + b"\r\n\r\n"


class Sink:
    """Lines whose bytes are thrown away by the peer's end being drained between rounds."""

    def __init__(self, count: int) -> None:
        self.lines, self.pairs = Lines(), [socket.socketpair() for _ in range(count)]
        for ours, theirs in self.pairs:
            theirs.setblocking(False)
            self.lines.take(ours.fileno(), "u" * 26)
        self.receivers = array("i", range(count))

    def drain(self) -> None:
        for _, theirs in self.pairs:
            try:
                while theirs.recv(1 << 20):
                    pass
            except BlockingIOError:
                pass

    def close(self) -> None:
        for pair in self.pairs:
            for one in pair:
                one.close()


def calls(modules: dict) -> dict:
    """Name to a function without arguments, for one implementation."""
    fanout, frames, heads, jsonenc = (modules[m] for m in MODULES)
    masked = frames.build_frame(0x81, b"x" * 200)
    data = [("channel_type", b'"O"', False), ("post", POST, True), ("sender_name", b'"@somebody"', False)]
    many = array("i", range(1000))
    lines = Lines()
    for _ in range(1000):
        lines.take(-1, "")
    lines.places = array("i", [5, 6, 7] * 1000)
    return {
        "quote_json (post of 0.5 KB)": lambda: jsonenc.quote_json(POST),
        "envelope (posted)": lambda: jsonenc.envelope("posted", data, b'{"user_id":""}'),
        "parse_header": lambda: frames.parse_header(masked, 0),
        "unmask (200 bytes)": lambda: frames.unmask(masked, 4, 204, 0x12345678),
        "unmask (8 KB)": lambda: frames.unmask(POST * 16, 0, 8192, 0x12345678),
        "build_frame (0.5 KB)": lambda: frames.build_frame(0x81, POST),
        "read_head": lambda: heads.read_head(REQUEST, 65536),
        "write_head (10 fields)": lambda: heads.write_head("HTTP/1.1 200 OK\r\n", FIELDS, "Content-Length: 9\r\n"),
        "without (1 of 1,000)": lambda: fanout.without(many, [500]),
        "of_admins (1,000)": lambda: fanout.of_admins(lines, many, False),
        "in_view (1,000)": lambda: fanout.in_view(lines, many, 5),
    }


def time_call(call, seconds: float) -> float:
    """Nanoseconds of the fastest of five rounds."""
    timer = timeit.Timer(call)
    number = max(1, int(seconds / 5 / max(timer.timeit(3) / 3, 1e-9)))
    return min(timer.repeat(5, number)) / number * 1e9


def time_deliver(modules: dict, count: int, rounds: int) -> float:
    """Nanoseconds per receiver of an event of 1 KB, the draining not counted."""
    sink, best = Sink(count), float("inf")
    text = b'{"event":"posted","data":{"post":"' + b"x" * 900 + b'"},"broadcast":{},"seq":'
    try:
        for _ in range(rounds):
            taken = timeit.timeit(lambda: modules["fanout"].deliver(sink.lines, sink.receivers, text, (), 1), number=5)
            best = min(best, taken / 5 / count * 1e9)
            sink.drain()
    finally:
        sink.close()
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.3, help="time for each measurement")
    seconds = parser.parse_args().seconds
    twin = {n: import_module(f"mmfast.hot.{n}") for n in MODULES}
    extension = {n: import_module(f"mmfast_ext.{n}") for n in MODULES}
    rows = []
    for (label, slow), fast in zip(calls(twin).items(), calls(extension).values(), strict=True):
        a, b = time_call(slow, seconds), time_call(fast, seconds)
        rows.append([label, round(a), round(b), round(a / b, 1)])
    a, b = time_deliver(twin, 200, 5), time_deliver(extension, 200, 20)
    rows.append(["deliver (per receiver, 1 KB)", round(a), round(b), round(a / b, 1)])
    bars = ("how many times faster the extension is", [(label, gain) for label, _, _, gain in rows])
    write("micro", ["hot path", "twin, ns", "extension, ns", "gain"], rows, bars=bars)


if __name__ == "__main__":
    main()
