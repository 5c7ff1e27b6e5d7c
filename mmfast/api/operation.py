"""The declaration of an operation: one per route, and everything else is derived from it.

    @operation("CreateChannel", "POST /channels", guard=may_create_channel)
    async def create_channel(ctx: Context, body: ChannelCreate) -> Created[Channel]: ...

It feeds the router, the session demand, the decoding of parameters, the guard, the audit name, the metric label, the
OpenAPI document and the contract tests. Names are the OpenAPI document's operation ids. This module only records; how a
request runs through a declaration is `api.dispatch`, how its parameters are read is `api.binding`.
"""

import enum
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from mmfast.core.errors import ErrorKind

Handler = Callable[..., Awaitable[Any]]
H = TypeVar("H", bound=Handler)

API_PREFIX: Final = "/api/v4"


class Auth(enum.Enum):
    """What an operation demands of the caller's session."""

    SESSION = "session"
    SESSION_NO_MFA = "session, second factor not yet set up"
    OPTIONAL = "none"


SESSION: Final = Auth.SESSION
SESSION_NO_MFA: Final = Auth.SESSION_NO_MFA
OPTIONAL: Final = Auth.OPTIONAL


@dataclass(frozen=True, slots=True)
class Operation:
    """A declared operation. `path` is absolute; `parameters` are the names in its braces, in order."""

    name: str
    method: str
    path: str
    handler: Handler
    guard: Handler
    auth: Auth = SESSION
    trust_requester: bool = False
    """No CSRF demand: what an <img> or a download link may fetch."""
    busy_refuses: bool = False
    """Refused with 503 while the administrator has marked the server busy."""
    rate_limited: bool = False
    """Counted by the rate limiter even for callers with a session."""
    unchecked: frozenset[str] = frozenset()
    """Path parameters that are not checked for their form before the guard."""
    body_error: ErrorKind | None = None
    """What a broken body is answered with, where it is not the usual invalid_body_param."""
    body_limit: int = 0
    """Bytes of body at the most; 0 is ServiceSettings.MaximumPayloadSizeBytes, -1 leaves the reading to the handler."""
    trailing_slash: bool = False
    """Answers at its path with a slash at the end, too."""
    turn: Callable[[Any], AbstractAsyncContextManager[None]] | None = None
    """Held while it runs, the session's lookup included; where callers come in crowds they take turns by it."""
    emits: tuple[type, ...] = ()
    """The event types it may announce."""
    parameters: tuple[str, ...] = field(default=())


OPERATIONS: Final[dict[str, Operation]] = {}
"""Every declared operation by name, those of the local socket alone excepted."""

LOCAL_OPERATIONS: Final[dict[str, Operation]] = {}
"""The operations that are served on the local socket and nowhere else, by name."""


def operation(
    name: str,
    route: str,
    *,
    guard: Handler,
    unchecked: tuple[str, ...] = (),
    local_only: bool = False,
    **options: Any,
) -> Callable[[H], H]:
    """Declares the decorated handler as operation `name` at `route`, e.g. "POST /channels".

    The route is below /api/v4 unless it begins with "//". `local_only` keeps it from the network: it is then served on
    the local socket alone. `options` are the further fields of `Operation`.
    """
    catalogue = LOCAL_OPERATIONS if local_only else OPERATIONS
    method, _, path = route.partition(" ")
    path = path[1:] if path.startswith("//") else API_PREFIX + path

    def declare(handler: H) -> H:
        if name in catalogue and catalogue[name].handler is not handler:
            raise ValueError(f"operation {name} is declared twice")
        parameters = tuple(part.partition("}")[0] for part in path.split("{")[1:])
        catalogue[name] = Operation(
            name, method, path, handler, guard, unchecked=frozenset(unchecked), parameters=parameters, **options
        )
        return handler

    return declare
