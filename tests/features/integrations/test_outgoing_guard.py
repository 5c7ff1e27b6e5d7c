"""Whatever makes the server call an address that a user names, the guarded client stands in between."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
import trio

from mmfast.platform.outgoing import AddressRefused, Answer, OutgoingError

PATIENCE = 10.0


class Inside:
    """A server of the internal network, which answers everything alike; and what became of the calls."""

    def __init__(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.url = ""
        self.requests = 0
        self._put, self._take = trio.open_memory_channel[Answer | Exception](math.inf)
        self._request = app.outgoing.request
        monkeypatch.setattr(app.outgoing, "request", self._watched)

    async def _watched(self, *args: Any, **options: Any) -> Answer:
        try:
            answer = await self._request(*args, **options)
        except OutgoingError as error:
            self._put.send_nowait(error)
            raise
        self._put.send_nowait(answer)
        return answer

    async def fate(self) -> Answer | Exception:
        """What became of the next call."""
        with trio.fail_after(PATIENCE):
            return await self._take.receive()

    async def serve(self, stream: trio.SocketStream) -> None:
        """Answers one request."""
        async with stream:
            while b"\r\n\r\n" not in await stream.receive_some():
                pass
            self.requests += 1
            await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")


@asynccontextmanager
async def listening(inside: Inside) -> AsyncIterator[None]:
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(partial(trio.serve_tcp, inside.serve, 0, host="127.0.0.1"))
        inside.url = f"http://127.0.0.1:{listeners[0].socket.getsockname()[1]}/x"
        yield
        nursery.cancel_scope.cancel()


async def _webhook(crew, room, url) -> None:
    place = {"team_id": crew.team["id"], "channel_id": room["id"], "callback_urls": [url]}
    assert (await crew.ann.post("/hooks/outgoing", place)).status == 201
    assert (await crew.ben.post("/posts", {"channel_id": room["id"], "message": "go"})).status == 201


async def _command(crew, room, url) -> None:
    command = {"team_id": crew.team["id"], "trigger": "deploy", "method": "P", "url": url}
    assert (await crew.ann.post("/commands", command)).status == 201
    await crew.ben.post("/commands/execute", {"channel_id": room["id"], "command": "/deploy"})


async def _button(crew, room, url) -> None:
    action = {"id": "go", "name": "Go", "integration": {"url": url}}
    post = {"channel_id": room["id"], "message": "m", "props": {"attachments": [{"text": "t", "actions": [action]}]}}
    made = await crew.ann.post("/posts", post)
    await crew.ben.post(f"/posts/{made.json()['id']}/actions/go")


async def _dialog(crew, room, url, *, what="submit") -> None:
    place = {"channel_id": room["id"], "team_id": crew.team["id"]}
    await crew.ben.post(f"/actions/dialogs/{what}", {"url": url, "callback_id": "c", **place})


async def _preview(crew, room, url) -> None:
    assert (await crew.ben.post("/posts", {"channel_id": room["id"], "message": f"look: {url}"})).status == 201


async def _picture(crew, room, url) -> None:
    message = f"look: ![p]({url})"
    assert (await crew.ben.post("/posts", {"channel_id": room["id"], "message": message})).status == 201


async def _proxy(crew, room, url) -> None:
    on = {"ImageProxySettings": {"Enable": True, "ImageProxyType": "local"}}
    assert (await crew.admin.put("/config/patch", on)).status == 200
    await crew.ben.get(f"/image?url={quote(url, safe='')}")


async def _link_target(crew, room, url) -> None:
    assert (await crew.ben.get(f"/redirect_location?url={quote(url, safe='')}")).status == 200


WAYS = {
    "outgoing webhook": _webhook,
    "slash command": _command,
    "button": _button,
    "dialog": _dialog,
    "dialog lookup": partial(_dialog, what="lookup"),
    "link preview": _preview,
    "picture in a message": _picture,
    "image proxy": _proxy,
    "target of a link": _link_target,
}


@pytest.mark.parametrize("way", WAYS)
async def test_internal_addresses_are_called_only_where_the_administrator_allows_them(
    app, crew, room, monkeypatch, way
):
    inside = Inside(app, monkeypatch)
    async with listening(inside):
        await WAYS[way](crew, room, inside.url)
        assert isinstance(await inside.fate(), AddressRefused)
        assert inside.requests == 0


@pytest.mark.parametrize("way", WAYS)
async def test_allowed_addresses_are_called(app, crew, room, monkeypatch, way):
    allowed = {"ServiceSettings": {"AllowedUntrustedInternalConnections": "127.0.0.1"}}
    assert (await crew.admin.put("/config/patch", allowed)).status == 200
    inside = Inside(app, monkeypatch)
    async with listening(inside):
        await WAYS[way](crew, room, inside.url)
        answer = await inside.fate()
        assert isinstance(answer, Answer)
        assert (answer.status, inside.requests) == (200, 1)


async def test_the_push_server_is_the_administrators_choice(app, crew, monkeypatch):
    """Its address comes from the configuration, so that it may be inside; nothing that users say goes there."""
    inside = Inside(app, monkeypatch)
    async with listening(inside):
        push = {"SendPushNotifications": True, "PushNotificationServer": inside.url}
        assert (await crew.admin.put("/config/patch", {"EmailSettings": push})).status == 200
        await crew.ben.post("/notifications/ack", {"id": "x", "type": "clear", "platform": "android"})
        assert isinstance(await inside.fate(), Answer)
