"""Says every message back, with our listener and channels: `python -m bench.autobahn.echo --listen HOST:PORT`.

Prints its port once it listens; ends when its standard input does.
"""

import argparse
import sys

import trio

from mmfast.hot import build_frame
from mmfast.net.listener import Listener
from mmfast.net.settings import ListenerSettings
from mmfast.wire.request import Request
from mmfast.wire.response import Upgrade
from mmfast.wire.websocket import BINARY, FINAL, Closed, WebSocketChannel

LARGEST = 32 << 20
"""Bytes: twice the largest message of the suite."""


async def echo(channel: WebSocketChannel) -> None:
    """Gives texts back as texts and bytes as bytes, until the end."""
    try:
        while True:
            message = await channel.receive()
            if isinstance(message, str):
                await channel.send_text(message.encode())
            else:
                await channel.send_frames(build_frame(FINAL | BINARY, message))
    except Closed:
        return


async def application(request: Request) -> Upgrade:
    """Takes every WebSocket."""
    return Upgrade(echo)


async def serve(listen: str) -> None:
    """Serves until standard input ends."""
    listener = Listener(listen, ListenerSettings(max_message_bytes=LARGEST, shutdown_deadline=1))
    with listener.bound():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(listener.serve, application)
            print(listener.port, flush=True)
            await trio.to_thread.run_sync(sys.stdin.read, abandon_on_cancel=True)
            nursery.cancel_scope.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:0")
    trio.run(serve, parser.parse_args().listen)


if __name__ == "__main__":
    main()
