"""The listening socket and the tasks of its connections.

    serve
     `- connections       shielded: one task each; ends when they have, at the latest at the deadline
         |- accept loops  end after the order to stop, once the WebSockets have been sent away
         `- clock         looks once a second whose deadline has passed, and pings WebSockets

Clients that are all sent away at once all come back at once. So WebSockets go one after the other, and what comes
meanwhile is served as before: where other processes share the port, nobody waits for the one that takes our place.

One clock for all is cheaper than a timer a connection: nothing is registered or moved per request.
"""

import errno
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import trio

from mmfast.core.startup import StartupError
from mmfast.net.connection import Application, Connection
from mmfast.net.settings import ListenerSettings
from mmfast.net.transport import PlainTransport, TlsTransport
from mmfast.wire.request import Request
from mmfast.wire.response import Response
from mmfast.wire.websocket import WebSocketChannel

__all__ = ["AddressInUse", "Listener", "ListenerSettings"]

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
ACCEPT_PAUSE = 0.1  # after running out of descriptors or memory: others must end first
ACCEPT_BATCH = 2  # connections taken before other tasks get their turn: each is work for the next turns, too
UNHEARD_AT_MOST = 16
"""Connections accepted of which nothing was read yet. Those of a whole crowd would all be read in the same turn."""
UNHEARD_PAUSE = 0.005  # and who says nothing holds the others up for no longer
_EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class AddressInUse(StartupError):
    """Somebody else listens there."""


class Listener:
    """Listens on one address and serves an application."""

    def __init__(
        self,
        listen: str,
        settings: ListenerSettings | None = None,
        *,
        reuse_port: bool = False,
        inherited: Sequence[int] = (),
    ) -> None:
        """`listen` is "host:port" or ":port"; port 0 lets the system choose. `reuse_port` shares it among workers.

        `inherited` are descriptors that a parent process has bound for us already.
        """
        self._host, self._port = _parse_address(listen)
        self._settings = settings or ListenerSettings()
        self._reuse_port = reuse_port
        self._inherited = inherited
        self._sockets: list[socket.socket] = []
        self._connections: set[Connection] = set()
        self._nursery: trio.Nursery | None = None
        self._room = trio.lowlevel.ParkingLot()
        self._ended = trio.lowlevel.ParkingLot()

    @contextmanager
    def bound(self) -> Iterator[None]:
        """Holds the address. Raises AddressInUse, or StartupError if it cannot be had for another reason."""
        try:
            if self._inherited:
                self._sockets = [socket.socket(fileno=fd) for fd in self._inherited]
            else:
                self._sockets = [self._bind(*address) for address in self._resolve()]
            yield
        finally:
            for sock in self._sockets:
                sock.close()

    @property
    def port(self) -> int:
        """The port bound."""
        port: int = self._sockets[0].getsockname()[1]
        return port

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the server."""
        scheme = "https" if self._settings.tls else "http"
        host = self._host if self._host not in ("", "::", "0.0.0.0") else "localhost"
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"

    def filenos(self) -> list[int]:
        """The descriptors bound, for a child process to inherit."""
        return [sock.fileno() for sock in self._sockets]

    def adopt(
        self, sock: socket.socket, received: bytes, handler: Callable[[WebSocketChannel], Awaitable[None]]
    ) -> bool:
        """Goes on with a WebSocket that another process has opened and given to us.

        False if we do not serve, or the client went away on the road.
        """
        if self._nursery is None:
            return False
        sock.setblocking(False)
        try:
            peer = sock.getpeername()[0].removeprefix("::ffff:")
        except OSError:
            return False
        connection = Connection(_no_requests, PlainTransport(sock), peer, self._settings)
        self._connections.add(connection)
        connection.become_websocket(received, handler)
        self._nursery.start_soon(self._run_connection, connection, name="adopted connection")
        return True

    async def serve(self, app: Application) -> None:
        """Serves until cancelled; then finishes the running requests within the shutdown deadline."""
        async with trio.open_nursery() as nursery:
            stop = trio.Event()
            await nursery.start(self._hold_connections, app, stop)
            try:
                await trio.sleep_forever()
            finally:
                stop.set()

    async def _hold_connections(self, app: Application, stop: trio.Event, task_status: trio.TaskStatus[None]) -> None:
        async with trio.open_nursery() as nursery:
            nursery.cancel_scope.shield = True
            nursery.start_soon(self._watch, name="connection clock")
            async with trio.open_nursery() as accepting:
                for sock in self._sockets:
                    accepting.start_soon(self._accept_all, sock, app, nursery, name="accept")
                self._nursery = nursery
                task_status.started()
                await stop.wait()
                deadline = trio.current_time() + self._settings.shutdown_deadline
                await self._send_away()
                self._nursery = None
                accepting.cancel_scope.cancel()
            for sock in self._sockets:
                sock.close()
            for connection in list(self._connections):
                connection.stop()
            with trio.move_on_at(deadline):
                while self._connections:
                    await self._ended.park()
            nursery.cancel_scope.cancel()

    async def _send_away(self) -> None:
        """Ends the WebSockets, evenly spread over a time that suits their number."""
        settings = self._settings
        leaving = [connection for connection in self._connections if connection.channel is not None]
        seconds = min(
            settings.farewell_seconds, settings.shutdown_deadline / 2, len(leaving) / settings.farewells_per_second
        )
        started = trio.current_time()
        for number, connection in enumerate(leaving, start=1):
            if connection in self._connections:
                connection.stop()
            await trio.sleep_until(started + seconds * number / len(leaving))

    async def _accept_all(self, sock: socket.socket, app: Application, nursery: trio.Nursery) -> None:
        new: list[Connection] = []
        while True:
            await trio.lowlevel.wait_readable(sock)
            if len(new) >= UNHEARD_AT_MOST:
                new = [connection for connection in new if connection.idle and connection in self._connections]
                if len(new) >= UNHEARD_AT_MOST:
                    await trio.sleep(UNHEARD_PAUSE)
                    new.clear()
            try:
                for _ in range(ACCEPT_BATCH):
                    while len(self._connections) >= self._settings.max_connections:
                        await self._room.park()
                    new.append(self._start_connection(*sock.accept(), app, nursery))
            except BlockingIOError:
                continue
            except OSError as error:
                if error.errno in _EXHAUSTED:
                    log.warning("cannot accept connections: %s", error.strerror)
                    await trio.sleep(ACCEPT_PAUSE)
                # any other error concerns the one connection that failed before it was accepted

    def _start_connection(
        self, sock: socket.socket, address: tuple[str, int], app: Application, nursery: trio.Nursery
    ) -> Connection:
        sock.setblocking(False)
        plain = PlainTransport(sock)
        tls = self._settings.tls
        transport = TlsTransport(plain, tls.context) if tls else plain
        peer = address[0].removeprefix("::ffff:") if address else ""  # a Unix socket's peer has no address
        connection = Connection(app, transport, peer, self._settings)
        self._connections.add(connection)
        nursery.start_soon(self._run_connection, connection, name="connection")
        return connection

    async def _run_connection(self, connection: Connection) -> None:
        try:
            await connection.run()
        finally:
            self._connections.discard(connection)
            self._room.unpark()
            self._ended.unpark()

    async def _watch(self) -> None:
        settings = self._settings
        while True:
            await trio.sleep(TICK_SECONDS)
            now = trio.current_time()
            for connection in list(self._connections):
                channel = connection.channel
                if now >= connection.deadline:
                    connection.cut()
                elif channel is not None:
                    if now - channel.last_heard > settings.pong_timeout:
                        connection.cut()
                    else:
                        channel.beat(now, settings.ping_interval)

    def _resolve(self) -> list[tuple[socket.AddressFamily, str]]:
        if self._host in ("", "::"):
            if socket.has_dualstack_ipv6() and _ipv6_works():
                return [(socket.AF_INET6, "::")]
            return [(socket.AF_INET, "0.0.0.0")]
        try:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        except OSError as error:
            raise StartupError(f"cannot listen on {self._host}: {error.strerror}") from error
        return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))

    def _bind(self, family: socket.AddressFamily, host: str) -> socket.socket:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if self._reuse_port:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if host == "::" else 1)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # accepted sockets inherit it
            sock.bind((host, self._port))
            sock.listen(self._settings.backlog)
        except OSError as error:
            sock.close()
            if error.errno == errno.EADDRINUSE:
                raise AddressInUse(f"port {self._port} is taken: another program listens there") from error
            raise StartupError(f"cannot listen on {host} port {self._port}: {error.strerror}") from error
        return sock


async def _no_requests(request: Request) -> Response:
    raise RuntimeError("an adopted connection is a WebSocket already")


def _parse_address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    names = {"http": 80, "https": 443, "": 80}
    if not port.isdecimal() and port not in names:
        raise StartupError(f"{listen!r} is not an address to listen on; write host:port or :port")
    return host.removeprefix("[").removesuffix("]"), names[port] if port in names else int(port)


def _ipv6_works() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as sock:
            sock.bind(("::", 0))
    except OSError:
        return False
    return True
