"""The one road of a request: address, session, CSRF, second factor, parameters, guard, body, handler, answer.

`Dispatcher` is the application that the listener (or the ASGI adapter) calls. Here is the only place that turns
exceptions into answers: an AppError becomes the reference's error JSON, anything else a 500 whose details go to the log
only. What an operation does is its feature's business.
"""

import logging
import posixpath
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from mmfast.api import cors
from mmfast.api.binding import Bound
from mmfast.api.compression import compress, is_small
from mmfast.api.context import App, Context
from mmfast.api.credentials import Source, proves_origin, read_credentials
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import (
    BODY_TOO_LARGE,
    DATABASE_UNAVAILABLE,
    INTERNAL,
    INVALID_BODY_PARAM,
    INVALID_PARAM,
    INVALID_URL_PARAM,
    MFA_REQUIRED,
    NOT_FOUND,
    PAYLOAD_PARSE,
    SERVER_BUSY,
    SESSION_EXPIRED,
    TOKEN_PROVIDED,
    URL_TOO_LONG,
)
from mmfast.api.operation import API_PREFIX, Auth
from mmfast.api.responses import Created, JSONResponse, Response
from mmfast.api.router import Match, Router
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.ids import new_id
from mmfast.core.text import translate
from mmfast.db.errors import BadValue, DatabaseUnavailable
from mmfast.features.identity.sessions.types import Session
from mmfast.platform.logging import REQUEST_ID
from mmfast.platform.metrics import counter
from mmfast.wire.request import BodyTooLarge, Disconnected, Request

log = logging.getLogger(__name__)

encode: Final = msgspec.json.Encoder().encode

REQUESTS: Final = counter("mattermost_http_requests_total", "Requests that were taken up.")
ERRORS: Final = counter("mattermost_http_errors_total", "Requests that were answered with an error.")

JSON_TYPE: Final = ("Content-Type", "application/json")
OK_BODY: Final = b'{"status":"OK"}'
_VARY: Final = ("Vary", "Accept-Encoding")
_SAFETY: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ""),
)
_NEVER_FRESH: Final = ("Expires", "0")
COOKIE_TAKEN_BACK: Final = ("Set-Cookie", "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly")

FindSession = Callable[[Context, str], Awaitable[Session | None]]
LacksSecondFactor = Callable[[Context], Awaitable[bool]]
Fallback = Callable[[Context], Awaitable[Response]]
AllowRate = Callable[[Context, bool], None]


class Dispatcher:
    """The application: `await dispatcher(request)` gives the response, whatever happens.

    `find_session` gives the session of a token; `lacks_second_factor` says whether the configuration demands a second
    factor that the caller has not set up; `fallback` answers addresses outside the declared routes (the web pages);
    `allow_rate` raises when a caller asks too often. With `caller`, every request is that session's, whatever token it
    presents: for the local socket, where who may connect is who may do everything.
    """

    def __init__(
        self,
        app: App,
        router: Router,
        find_session: FindSession,
        lacks_second_factor: LacksSecondFactor,
        fallback: Fallback,
        allow_rate: AllowRate | None = None,
        caller: Session | None = None,
    ) -> None:
        self._app = app
        self._router = router
        self._find_session = find_session
        self._lacks_second_factor = lacks_second_factor
        self._fallback = fallback
        self._allow_rate = allow_rate
        self._caller = caller

    async def __call__(self, request: Request) -> Response:
        """Answers one request. What other workers have changed before it came counts for it already."""
        self._app.catch_up()
        if self._app.config_store.is_outdated:
            await self._app.config_store.follow()
        settings = self._app.config.ServiceSettings
        if not settings.AllowCorsFrom.strip():
            return await self._answer(request)
        if cors.is_preflight(request):
            return cors.answer_preflight(request, settings)
        return cors.add_headers(request, settings, await self._answer(request))

    async def _answer(self, request: Request) -> Response:
        path = request.path
        if "//" in path or "/." in path or "%" in path:
            path = unquote(path, errors="replace")
            if (clean := _clean(path)) != path:
                return Response(301, [("Location", clean + ("?" + request.query if request.query else ""))], b"")
        limit = self._app.config.ServiceSettings.MaximumURLLength
        if len(path) + len(request.query) + 1 > limit > 0:
            return self._too_long(request, path)
        found = self._router.find(request.method, path)
        ctx = Context(self._app, request)
        if found is None and path.startswith(API_PREFIX + "/"):
            return self._bare_not_found()
        ctx.request_id = new_id()
        REQUEST_ID.set(ctx.request_id)
        REQUESTS.value += 1
        started = perf_counter()
        response = await self._respond(ctx, found)
        if found is not None:
            found[0].latency.observe(perf_counter() - started)
            if self._app.note_audit is not None:
                self._app.note_audit(ctx, found[0].operation, found[1], response.status)
        return response

    async def _respond(self, ctx: Context, found: Match | None) -> Response:
        request = ctx.request
        assert request is not None
        path = request.path
        try:
            if found is None:
                return await self._fallback(ctx)
            turn = found[0].operation.turn
            if turn is None:
                response = await self._run(ctx, *found)
                return response if is_small(response) else await compress(request.headers, response)
            async with turn(ctx):
                return await self._run(ctx, *found)
        except AppError as error:
            return self.error_response(ctx, error)
        except BodyTooLarge:
            return self.error_response(ctx, BODY_TOO_LARGE())
        except Disconnected:  # the body broke off: nobody may be left to read this
            return Response(400, self.headers(ctx, None), b"")
        except DatabaseUnavailable as error:
            log.warning("%s %s: the database is unavailable: %s", request.method, path, error)
            return self.error_response(ctx, DATABASE_UNAVAILABLE(detail=str(error)))
        except BadValue as error:  # what no check foresaw, say a NUL in a name
            log.warning("%s %s: a value that the database refuses: %s", request.method, path, error)
            return self.error_response(ctx, INVALID_PARAM(name="value", detail=str(error)))
        except Exception:  # the one edge for requests: nothing may reach the listener but an answer
            log.exception("%s %s failed (request %s)", request.method, path, ctx.request_id)
            return self.error_response(ctx, INTERNAL())

    async def _run(self, ctx: Context, bound: Bound, parameters: dict[str, str]) -> Response:
        operation = bound.operation
        if operation.method == "GET":
            ctx.response_headers = [_NEVER_FRESH]
        await self._authenticate(ctx, bound)
        if operation.busy_refuses and self._app.busy_until_ms > now_ms():
            raise SERVER_BUSY()
        if self._allow_rate is not None:
            self._allow_rate(ctx, operation.rate_limited)
        if parameters.get("user_id") == "me" and ctx.session is not None:
            parameters["user_id"] = ctx.user_id
        for name, check in bound.checks:
            if not check(parameters[name]):
                raise INVALID_URL_PARAM(name=name)
        arguments: dict[str, Any] = {"ctx": ctx, **parameters}
        request = ctx.request
        assert request is not None
        if bound.read_query is not None:
            arguments["query"] = bound.read_query(request.query)
        if bound.guard_has_body:
            arguments["body"] = await self._body(request, bound)
        arguments["loaded"] = await operation.guard(*bound.guard_arguments(arguments))
        if bound.has_body and not bound.guard_has_body:
            arguments["body"] = await self._body(request, bound)
        result = await operation.handler(*bound.handler_arguments(arguments))
        return self._response(ctx, result)

    async def _body(self, request: Request, bound: Bound) -> Any:
        limit = bound.operation.body_limit or self._app.config.ServiceSettings.MaximumPayloadSizeBytes
        raw = await request.body(limit)
        try:
            return read_body(raw, bound.body_kind)
        except BodyError as error:
            kind = bound.operation.body_error
            if kind is None:
                is_list = getattr(bound.body_kind, "__origin__", None) is list
                kind = PAYLOAD_PARSE if is_list else INVALID_BODY_PARAM
            raise kind(name="body", detail=str(error)) from None

    # the caller ------------------------------------------------------------------------------------------------------
    async def _authenticate(self, ctx: Context, bound: Bound) -> None:
        operation = bound.operation
        request = ctx.request
        assert request is not None
        trusted = self._app.config.ServiceSettings.TrustedProxyIPHeader
        ctx.ip = client_ip(request, trusted) if trusted else request.peer
        if self._caller is not None:
            ctx.session, ctx.user_id = self._caller, self._caller.user_id
            return
        demanded = operation.auth is not Auth.OPTIONAL
        if (session := await self._session(ctx, request, bound)) is not None:
            ctx.session, ctx.user_id = session, session.user_id
        if demanded:
            if session is None:
                raise SESSION_EXPIRED()
            if operation.auth is Auth.SESSION and await self._lacks_second_factor(ctx):
                raise MFA_REQUIRED()

    async def _session(self, ctx: Context, request: Request, bound: Bound) -> Session | None:
        """The caller's session; a token that does not hold counts as none, and its cookie is taken back."""
        token, source = read_credentials(request)
        if source is Source.NONE:
            return None
        session = await self._find_session(ctx, token)
        if session is not None:
            if source is Source.ADDRESS and not session.is_oauth:
                raise TOKEN_PROVIDED()
            by_cookie = source is Source.COOKIE and not bound.operation.trust_requester
            if not by_cookie or self._origin_proved(request, session):
                return session
        if bound.operation.auth is not Auth.OPTIONAL:
            ctx.add_header(*COOKIE_TAKEN_BACK)
        return None

    def _origin_proved(self, request: Request, session: Session) -> bool:
        if request.method == "GET":
            return True
        strict = self._app.config.ServiceSettings.ExperimentalStrictCSRFEnforcement
        return proves_origin(request, session.props.get("csrf", ""), strict)

    # answers ---------------------------------------------------------------------------------------------------------
    def _response(self, ctx: Context, result: Any) -> Response:
        kind = type(result)
        if isinstance(result, Response):
            result.headers = self.headers(ctx, None) + result.headers
            return result
        if result is None:
            return Response(200, self.headers(ctx, JSON_TYPE), OK_BODY)
        if kind is Created:
            return Response(201, self.headers(ctx, JSON_TYPE), encode(result.value))
        if kind is JSONResponse:
            body = result.value if isinstance(result.value, bytes) else encode(result.value)
            headers = self.headers(ctx, JSON_TYPE)
            headers += result.headers
            return Response(result.status, headers, body)
        return Response(200, self.headers(ctx, JSON_TYPE), encode(result))

    def headers(self, ctx: Context, content_type: tuple[str, str] | None) -> list[tuple[str, str]]:
        """The headers that every answer of a declared route carries."""
        settings = self._app.config.ServiceSettings
        out = [
            _VARY,
            ("X-Request-Id", ctx.request_id),
            ("X-Version-Id", self._app.version_id),
            *_SAFETY,
        ]
        if content_type is not None:
            out.append(content_type)
        if settings.TLSStrictTransport:
            out.append(("Strict-Transport-Security", f"max-age={settings.TLSStrictTransportMaxAge}"))
        if ctx.response_headers is not None:
            out += ctx.response_headers
        return out

    def error_response(self, ctx: Context, error: AppError) -> Response:
        """The reference's error JSON."""
        ERRORS.value += 1
        ctx.refusal = error.id
        if error.status >= 500 and error.detail:
            log.error("%s: %s (request %s)", error.id, error.detail, ctx.request_id)
        return Response(error.status, self.headers(ctx, JSON_TYPE), encode(self.error_body(ctx, error)))

    def error_body(self, ctx: Context, error: AppError) -> dict[str, Any]:
        """The fields of an error as clients see them; details only in developer mode."""
        developer = self._app.config.ServiceSettings.EnableDeveloper
        return {
            "id": error.id,
            "message": translate(_locale(ctx), error.id, error.kind.text, error.params),
            "detailed_error": (error.detail or error.id) if developer else "",
            "request_id": ctx.request_id,
            "status_code": error.status,
        }

    def _bare_not_found(self) -> Response:
        error = NOT_FOUND()
        return Response(404, [JSON_TYPE], encode(self.error_body(Context(self._app), error)))

    def _too_long(self, request: Request, path: str) -> Response:
        if not path.startswith(API_PREFIX):
            return Response(414, [("Content-Type", "text/html")], URL_TOO_LONG.text.encode())
        ctx = Context(self._app)
        ctx.request_id = new_id()
        return Response(414, [JSON_TYPE], encode(self.error_body(ctx, URL_TOO_LONG())))


def _locale(ctx: Context) -> str:
    if ctx.locale or ctx.request is None:
        return ctx.locale
    accepted = ctx.request.headers.get("accept-language") or ""
    return accepted.split(",")[0].split(";")[0].strip()


def _clean(path: str) -> str:
    clean = posixpath.normpath("/" + path.lstrip("/")) if path else "/"
    return clean + "/" if path.endswith("/") and clean != "/" else clean


def client_ip(request: Request, trusted_headers: list[str]) -> str:
    """The caller's address: from the first proxy header that the configuration trusts, else the socket's peer."""
    for name in trusted_headers:
        value = request.headers.get(name.lower())
        if value:
            return value.split(",")[0].strip()
    return request.peer
