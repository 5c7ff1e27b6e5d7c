"""One client's WebSocket from the first byte to the last: who it is, its requests, its end.

    opened --(session in the request, or authentication_challenge in time)--> speaking --> parked or gone

Everything the client hears goes through the hub, which owns the writing; this task only reads.
"""

import logging
import socket
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs

import msgspec
import trio

from mmfast.api.context import App, Context
from mmfast.api.errors import DATABASE_UNAVAILABLE
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.hooks import Hook
from mmfast.core.ids import LENGTH
from mmfast.core.text import translate
from mmfast.db.errors import DatabaseUnavailable
from mmfast.features.identity.roles import service as roles
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.sessions.types import Session
from mmfast.hot import text_frame
from mmfast.realtime.actions import ACTIONS
from mmfast.realtime.errors import BAD_ACTION, BAD_SEQ, NO_ACTION, NOT_AUTHENTICATED
from mmfast.realtime.events import Hello
from mmfast.realtime.hub import worker_of
from mmfast.realtime.line import Line
from mmfast.realtime.requests import ClientRequest, MalformedRequest, encode_failure, encode_reply, parse_request
from mmfast.wire.websocket import Closed, WebSocketChannel

log = logging.getLogger(__name__)

CHALLENGE_SECONDS: Final = 5
"""How long a client without a session may take to prove who it is, as recorded."""

CHALLENGE: Final = "authentication_challenge"
PLUGIN_PREFIX: Final = "custom_"
"""Actions of plugins: there are none, and clients do not expect an answer."""


class LineNews(NamedTuple):
    """What the hooks are told."""

    line: Line
    user_id: str


LINE_OPENED: Final = Hook[LineNews]("line_opened")
"""A client came (again); run before its first event."""

LINE_CLOSED: Final = Hook[LineNews]("line_closed")
"""A client went; `ctx.app.hub.is_connected` tells whether the user has another."""


class Wish(NamedTuple):
    """What the address asked for."""

    connection_id: str = ""
    """The line to take up again; empty for a new one."""
    number: int = 0
    """The number of the first event that the client has not heard."""
    asks_receipts: bool = False


def read_wish(query: str) -> Wish | None:
    """Reads the address's parameters; None where they make no sense, which ends the connection."""
    given = parse_qs(query)
    asks_receipts = given.get("posted_ack", [""])[0] == "true"
    connection_id = given.get("connection_id", [""])[0]
    if not connection_id:
        return Wish(asks_receipts=asks_receipts)
    number = given.get("sequence_number", [""])[0]
    if len(connection_id) != LENGTH or not number.isascii() or not number.isdigit():
        return None
    return Wish(connection_id, int(number), asks_receipts)


class Call(msgspec.Struct):
    """A client that comes to one worker and asks for a line that another one keeps: what goes there with its socket."""

    session: Session
    query: str
    challenge_seq: int
    received: bytes
    """What the client has sent already and nobody has read."""


encode_call: Final = msgspec.msgpack.Encoder().encode
decode_call: Final = msgspec.msgpack.Decoder(Call).decode


def serve(app: App, session: Session | None, query: str, channel: WebSocketChannel) -> Awaitable[None]:
    """The whole life of one WebSocket. Returning drops the connection."""
    return _listen(app, channel, _begin(app, channel, session, query))


def serve_call(app: App, call: Call, channel: WebSocketChannel) -> Awaitable[None]:
    """Goes on with a client that another worker has handed over."""
    return _listen(app, channel, _begin_call(app, channel, call))


async def _listen(app: App, channel: WebSocketChannel, beginning: Coroutine[Any, Any, Line | None]) -> None:
    """Reads requests until the end. As long as a client is silent this frame is all that waits: it stays small."""
    line = None
    try:
        line = await beginning
        del beginning
        while line is not None:
            await _answer(app, line, parse_request(await channel.receive()))
    except (Closed, MalformedRequest):
        return
    except DatabaseUnavailable as error:  # before the line was open: the client comes again, and finds it back
        log.warning("a client could not be let in: %s", error)
    finally:
        if line is not None:
            _end(app, line)


async def _begin(app: App, channel: WebSocketChannel, session: Session | None, query: str) -> Line | None:
    """Learns who it is and gives the line; None if there is none to serve here."""
    wish = read_wish(query)
    if wish is None:
        return None
    challenge_seq = 0
    if session is None:
        with trio.move_on_after(CHALLENGE_SECONDS):
            session, challenge_seq = await _challenge(app, channel)
        if session is None:
            return None
    if app.hand_over is not None and channel.fd >= 0 and worker_of(wish.connection_id) not in (-1, app.hub.worker):
        call = Call(session, query, challenge_seq, channel.take_received())
        if app.hand_over(worker_of(wish.connection_id), channel.fd, encode_call(call)):
            return None
        channel.put_back(call.received)
    return await _open(app, channel, session, wish, challenge_seq)


async def _begin_call(app: App, channel: WebSocketChannel, call: Call) -> Line | None:
    wish = read_wish(call.query)
    return None if wish is None else await _open(app, channel, call.session, wish, call.challenge_seq)


async def _challenge(app: App, channel: WebSocketChannel) -> tuple[Session | None, int]:
    """Waits for the client's token; other requests are not answered. None for a token that is not good."""
    while True:
        request = parse_request(await channel.receive())
        if request.action != CHALLENGE or request.seq <= 0:
            continue
        token = (request.data or {}).get("token")
        if not isinstance(token, str):
            return None, 0
        return await sessions.find_session(Context.background(app), token), request.seq


async def _open(app: App, channel: WebSocketChannel, session: Session, wish: Wish, challenge_seq: int) -> Line:
    """Takes up the wanted line, or begins a new one with a hello."""
    hub = app.hub
    ctx = Context(app, session=session)
    line = Line(hub, channel, session, hub.new_connection_id())
    line.asks_receipts = wish.asks_receipts
    line.is_admin = await roles.may(ctx, roles.MANAGE_SYSTEM)
    channel.attach(line)
    try:
        async with hub.admission:
            parked = hub.find_parked(wish.connection_id, line.user_id)
            if parked is None or not hub.resume(line, parked, wish.number):
                await hub.open(line)
                hello = Hello(app.version_id, line.connection_id, socket.gethostname())
                hub.greet(line, hello.to(user_id=line.user_id))
            await LINE_OPENED.run(ctx, LineNews(line, line.user_id))
        if challenge_seq:
            hub.write(line, text_frame(encode_reply(challenge_seq)))
    except BaseException:
        _end(app, line)
        raise
    return line


def _end(app: App, line: Line) -> None:
    app.hub.park(line)
    app.spawn("line closed", LINE_CLOSED.run, LineNews(line, line.user_id))


async def _answer(app: App, line: Line, request: ClientRequest) -> None:
    """Runs one request and sends the reply, if there is to be one."""
    app.catch_up()
    ctx = Context(app, session=line.session)
    try:
        reply = await _run(ctx, line, request)
    except AppError as error:
        app.hub.write(line, text_frame(encode_failure(request.seq, _error_body(ctx, error))))
        return
    except DatabaseUnavailable as error:
        log.warning("%s: the database is unavailable: %s", request.action, error)
        app.hub.write(line, text_frame(encode_failure(request.seq, _error_body(ctx, DATABASE_UNAVAILABLE()))))
        return
    if reply is not None:
        app.hub.write(line, text_frame(reply))


async def _run(ctx: Context, line: Line, request: ClientRequest) -> bytes | None:
    if not request.action:
        raise NO_ACTION()
    if request.seq <= 0:
        raise BAD_SEQ()
    if request.action == CHALLENGE:
        return None
    if line.is_silenced or line.session.is_expired(now_ms()):
        raise NOT_AUTHENTICATED()
    handler: Callable[..., Awaitable[Any]] | None = ACTIONS.get(request.action)
    if handler is None:
        if request.action.startswith(PLUGIN_PREFIX):
            return None
        raise BAD_ACTION()
    return encode_reply(request.seq, await handler(ctx, line, request.data or {}))


def _error_body(ctx: Context, error: AppError) -> dict[str, Any]:
    return {
        "id": error.id,
        "message": translate(ctx.locale, error.id, error.kind.text, error.params),
        "detailed_error": "",
        "status_code": error.status,
    }
