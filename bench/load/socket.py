"""A user's WebSocket inside locust: a plain blocking client, which gevent makes cooperative."""

import itertools
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import gevent
import websocket

CONNECT_SECONDS = 30

Report = Callable[[str, float, Exception | None], None]
"""Name, seconds, what went wrong: to locust's statistics."""


class UserSocket:
    """Opens, reads and resumes; tells `on_event` of every event."""

    def __init__(self, base: str, report: Report, on_event: Callable[[dict[str, Any]], None]) -> None:
        self._url = base.replace("http", "ws", 1).rstrip("/") + "/api/v4/websocket"
        self._report = report
        self._on_event = on_event
        self._socket: websocket.WebSocket | None = None
        self._reader: gevent.Greenlet | None = None
        self._numbers = itertools.count(1)
        self._token = ""
        self._connection_id = ""
        self._next = 0
        """The number that the next event is to have."""

    def open(self, token: str) -> None:
        """Opens a new connection and starts to read."""
        self._token, self._connection_id, self._next = token, "", 0
        self._connect("open the WebSocket")

    def reopen(self) -> None:
        """Connects again where one was, as after a lost network."""
        self._drop()
        self._connect("reconnect the WebSocket")

    def close(self) -> None:
        """Ends the connection."""
        self._drop()

    def send(self, action: str, data: dict[str, Any]) -> None:
        """Sends a message; a connection that broke is opened again."""
        if self._socket is None:
            return
        try:
            self._socket.send(json.dumps({"action": action, "seq": next(self._numbers), "data": data}))
        except (OSError, websocket.WebSocketException):
            self.reopen()

    def _connect(self, name: str) -> None:
        began = time.perf_counter()
        where = f"{self._url}?connection_id={self._connection_id}&sequence_number={self._next}"
        try:
            opened = websocket.create_connection(
                where, timeout=CONNECT_SECONDS, header=["Authorization: Bearer " + self._token]
            )
        except (OSError, websocket.WebSocketException) as error:
            self._report(name, time.perf_counter() - began, error)
            return
        self._report(name, time.perf_counter() - began, None)
        opened.settimeout(None)
        self._socket = opened
        self._reader = gevent.spawn(self._read, opened)

    def _drop(self) -> None:
        if self._reader is not None:
            self._reader.kill()
        if self._socket is not None:
            with suppress(OSError, websocket.WebSocketException):
                self._socket.close(timeout=1)
        self._socket = self._reader = None

    def _read(self, opened: websocket.WebSocket) -> None:
        began = time.perf_counter()
        try:
            while text := opened.recv():
                message = json.loads(text)
                if "event" in message:
                    self._take(message)
        except (OSError, websocket.WebSocketException) as error:
            self._report("read the WebSocket", time.perf_counter() - began, error)
        if self._socket is opened:
            self._socket = None

    def _take(self, event: dict[str, Any]) -> None:
        self._next = event.get("seq", self._next) + 1
        if event["event"] == "hello":
            self._connection_id = event["data"].get("connection_id", "")
        self._on_event(event)
