"""The one route of the realtime part: the WebSocket's handshake."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

from mmfast.api.context import Context
from mmfast.api.errors import SERVER_BUSY
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.realtime import connection
from mmfast.realtime.errors import UPGRADE_FAILED
from mmfast.wire.request import Request
from mmfast.wire.response import Upgrade
from mmfast.wire.websocket import accept_key


@asynccontextmanager
async def take_turn(ctx: Context) -> AsyncIterator[None]:
    """Lets clients in a few at a time; raises SERVER_BUSY, with a time to come back, where too many wait already."""
    admission = ctx.app.hub.admission
    if admission.is_full:
        ctx.add_header("Retry-After", str(admission.retry_after()))
        raise SERVER_BUSY()
    async with admission:
        yield


@operation(
    "ConnectWebSocket",
    "GET /websocket",
    guard=PUBLIC,
    auth=OPTIONAL,
    trust_requester=True,
    trailing_slash=True,
    turn=take_turn,
)
async def connect_web_socket(ctx: Context) -> Response:
    """Opens a client's line. Without a session it opens too, and the client must prove itself in time."""
    request = ctx.request
    assert request is not None
    if accept_key(request) is None:
        raise UPGRADE_FAILED()
    if not is_own_page(request, ctx.config.ServiceSettings.AllowCorsFrom):
        return Response(403, [], b"Forbidden\n")
    return Upgrade(partial(connection.serve, ctx.app, ctx.session, request.query))


def is_own_page(request: Request, allowed: str) -> bool:
    """Whether a browser's page may open the socket: our own, or one of a site that the configuration allows.

    What sends no Origin is no browser. A browser sends the user's cookie along whatever the page is.
    """
    origin = request.headers.get("origin")
    if not origin:
        return True
    if urlsplit(origin).netloc.lower() == request.headers.get("host").lower():
        return True
    return allowed.strip() == "*" or origin in allowed.split()
