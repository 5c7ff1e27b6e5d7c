"""Workers without a database: listener, WebSocket sessions, hub and bus are real; sessions come from memory."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from types import SimpleNamespace

import pytest
import trio

from mmfast.api.context import App
from mmfast.core.ids import new_id
from mmfast.features.identity.roles.service import ROLE_MASKS
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.sessions.types import Session
from mmfast.hot import parse_header
from mmfast.net.listener import Listener, ListenerSettings
from mmfast.platform.bus.local import LocalBus
from mmfast.realtime.connection import LINE_CLOSED, LINE_OPENED, decode_call, serve, serve_call
from mmfast.realtime.exchange import Exchange
from mmfast.realtime.hub import Hub
from mmfast.wire.request import Request
from mmfast.wire.response import Upgrade

HANDSHAKE = (
    "GET /{query} HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{fields}"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Worker:
    """One worker's parts."""

    def __init__(self, directory):
        self.directory = directory
        self.app = App()
        self.app.db = None
        self.app.config_store = SimpleNamespace(
            current=SimpleNamespace(ServiceSettings=SimpleNamespace(EnableUserTypingMessages=True))
        )
        self.app.caches.put(ROLE_MASKS, "system_user", 0)
        self.failures = []
        self.app.background_errors = lambda name, error: self.failures.append((name, error))
        self.hub = self.app.hub = Hub(self.memberships)
        self.app.publish = self.hub.publish
        self.listener = Listener("127.0.0.1:0", ListenerSettings(shutdown_deadline=1))
        self.bus = None

    async def memberships(self, user_id):
        await trio.lowlevel.checkpoint()
        return self.directory.memberships.get(user_id, ([], []))

    async def answer(self, request: Request):
        session = self.directory.sessions.get(request.headers.get("x-token"))
        return Upgrade(partial(serve, self.app, session, request.query))

    async def run(self, folder, number, workers, task_status=trio.TASK_STATUS_IGNORED):
        with self.listener.bound():
            async with trio.open_nursery() as nursery:
                self.app.nursery = nursery
                nursery.start_soon(self.hub.run)
                if workers > 1:
                    exchange = Exchange(self.hub)
                    self.bus = LocalBus(folder, number, workers, exchange)
                    exchange.attach(self.bus)
                    self.app.hand_over, self.app.catch_up = self.bus.hand_over, self.bus.catch_up
                    await nursery.start(self.bus.run, self.take_over)
                self.scope = nursery.cancel_scope
                task_status.started()
                await self.listener.serve(self.answer)

    def take_over(self, sock, message):
        call = decode_call(message)
        return self.listener.adopt(sock, call.received, partial(serve_call, self.app, call))


class Directory:
    """Users, sessions and memberships; starts workers."""

    def __init__(self, folder):
        self.folder = folder
        self.memberships = {}
        self.sessions = {}
        self.patience = 30

    def user(self, *channels):
        """A user with a session: the user's id and the token."""
        user_id, token = new_id(), new_id()
        self.memberships[user_id] = (list(channels), [])
        self.sessions[token] = Session(new_id(), token, 0, 0, 0, user_id, "", "system_user", False, False, {})
        return user_id, token

    @asynccontextmanager
    async def workers(self, count=1) -> AsyncIterator[list[Worker]]:
        """Running workers, joined by the bus."""
        workers = [Worker(self) for _ in range(count)]
        with trio.fail_after(self.patience):
            async with trio.open_nursery() as nursery:
                async with trio.open_nursery() as starting:
                    for number, worker in enumerate(workers):
                        starting.start_soon(nursery.start, worker.run, self.folder, number, count)
                yield workers[:]
                nursery.cancel_scope.cancel()
        assert not any(worker.failures for worker in workers)


@pytest.fixture(autouse=True)
def no_features(monkeypatch):
    """What features do about lines, if another test has loaded them: they want a database."""
    for hook in (LINE_OPENED, LINE_CLOSED):
        monkeypatch.setattr(hook, "_handlers", [])


@pytest.fixture
def directory(tmp_path, monkeypatch):
    made = Directory(tmp_path)

    async def find_session(ctx, token):
        await trio.lowlevel.checkpoint()
        return made.sessions.get(token)

    monkeypatch.setattr(sessions, "find_session", find_session)
    return made


async def until(condition):
    """Lets the others run until it is so."""
    while not condition():
        await trio.lowlevel.checkpoint()


class RawClient:
    """A client of bare bytes, for cutting connections wherever one likes."""

    def __init__(self, stream):
        self.stream = stream
        self.buffer = b""

    @classmethod
    async def open(cls, worker, token="", query=""):
        client = cls(await trio.open_tcp_stream("127.0.0.1", worker.listener.port))
        fields = f"X-Token: {token}\r\n" if token else ""
        await client.stream.send_all(HANDSHAKE.format(query=query, fields=fields).encode())
        while b"\r\n\r\n" not in client.buffer:
            data = await client.stream.receive_some()
            if not data:
                raise trio.BrokenResourceError
            client.buffer += data
        head, _, client.buffer = client.buffer.partition(b"\r\n\r\n")
        assert b" 101 " in head
        return client

    def take(self):
        """The messages that are complete; a close frame is its code."""
        messages, at = [], 0
        while (header := parse_header(self.buffer, at)) and len(self.buffer) >= header[2] + header[1]:
            at = header[2] + header[1]
            payload = self.buffer[header[2] : at]
            messages.append(json.loads(payload) if header[0] == 0x81 else int.from_bytes(payload[:2], "big"))
        self.buffer = self.buffer[at:]
        return messages

    async def receive(self):
        """The messages of the next read that completes one; an empty list at the end."""
        while not (messages := self.take()):
            data = await self.stream.receive_some()
            if not data:
                return []
            self.buffer += data
        return messages

    async def send(self, **request):
        await self.send_raw(json.dumps(request).encode())

    async def send_raw(self, payload, first=0x81):
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big")
        await self.stream.send_all(bytes([first]) + length + bytes(4) + payload)

    async def close(self):
        await self.stream.aclose()
