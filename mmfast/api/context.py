"""What a handler, a guard or a service knows of the work at hand: who asks, and the parts of the server.

One `Context` lives as long as one request, one WebSocket action or one piece of background work. It owns the open
transaction and holds back announcements and invalidations until that transaction has been committed. `App` is the
worker's set of parts, made once by `mmfast.server`. Neither decides anything.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mmfast.core.ids import new_id
from mmfast.platform.cache import CacheKind, Caches, key_text
from mmfast.realtime.signals import CacheInvalidated

if TYPE_CHECKING:
    import trio

    from mmfast.api.operation import Operation
    from mmfast.db.executor import Executor
    from mmfast.db.pool import Database
    from mmfast.features.identity.sessions.types import Session
    from mmfast.platform.config.model import Config
    from mmfast.platform.config.store import ConfigStore
    from mmfast.platform.filestore import FileStore
    from mmfast.platform.outgoing import OutgoingClient
    from mmfast.realtime.hub import Hub
    from mmfast.wire.request import Request

K = TypeVar("K")
V = TypeVar("V")


class App:
    """The parts of one worker, wired by `mmfast.server`; tests wire their own."""

    config_store: "ConfigStore"
    db: "Database"
    hub: "Hub"
    files: "FileStore"
    outgoing: "OutgoingClient"
    nursery: "trio.Nursery"
    """Owns background work that outlives a request (see `spawn`)."""
    background_errors: Callable[[str, BaseException], None]

    def __init__(self) -> None:
        self.caches = Caches()
        self.busy_until_ms = 0
        self.version_id = ""
        """The X-Version-Id header: release, build and a digest of what clients know of the configuration."""
        self.note_audit: Callable[[Context, Operation, dict[str, str], int], None] | None = None
        """Told of every answered operation with its path parameters and status, where there is an audit log."""
        self.publish: Callable[[Any], None] = lambda item: None
        """Takes an announcement or a signal to the hub and, over the bus, to the other workers."""
        self.restart: Callable[[], None] = lambda: None
        """Begins a restart of the server in good order."""
        self.catch_up: Callable[[], None] = lambda: None
        """Takes in what other workers have told until now; called before each request."""
        self.hand_over: Callable[[int, int, bytes], bool] | None = None
        """Gives an open socket to another worker (number, descriptor, what to tell it); None if there is none."""
        self.state: dict[str, Any] = {}
        """Per-worker state of features (limiters, batchers), by the feature's name."""

    @property
    def config(self) -> "Config":
        """The configuration in force."""
        return self.config_store.current

    def spawn(self, name: str, work: Callable[..., Awaitable[None]], *args: Any) -> None:
        """Runs `work(ctx, *args)` in the background with a context of its own; an error in it is logged, not raised."""
        self.nursery.start_soon(self.run, name, work, *args, name=name)

    async def run(self, name: str, work: Callable[..., Awaitable[None]], *args: Any) -> None:
        """Runs `work(ctx, *args)` here, as `spawn` does in the background."""
        try:
            await work(Context.background(self), *args)
        except Exception as error:  # the edge of background work, as api.dispatch is that of requests
            self.background_errors(name, error)


class Context:
    """One piece of work: a request with its caller, or background work without one."""

    __slots__ = (
        "_held",
        "app",
        "db",
        "ip",
        "locale",
        "refusal",
        "request",
        "request_id",
        "response_headers",
        "session",
        "user_id",
    )

    def __init__(self, app: App, request: "Request | None" = None, session: "Session | None" = None) -> None:
        self.app = app
        self.db: Executor = app.db
        self.request = request
        self.session = session
        self.user_id = session.user_id if session is not None else ""
        self.request_id = ""
        self.locale = ""
        """The caller's language for error texts; dispatch fills it in when an error must be told."""
        self.ip = ""
        self.refusal = ""
        """The id of the error that the request was answered with; empty if it was not refused."""
        self.response_headers: list[tuple[str, str]] | None = None
        self._held: list[Callable[[], None]] | None = None

    @classmethod
    def background(cls, app: App) -> "Context":
        """A context for work that no request asked for."""
        ctx = cls(app)
        ctx.request_id = new_id()
        return ctx

    @property
    def config(self) -> "Config":
        """The configuration in force."""
        return self.app.config_store.current

    @property
    def caches(self) -> Caches:
        """The worker's caches."""
        return self.app.caches

    def add_header(self, name: str, value: str) -> None:
        """Adds a header to the answer, whatever the handler returns."""
        if self.response_headers is None:
            self.response_headers = []
        self.response_headers.append((name, value))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["Executor"]:
        """One database transaction; nested calls join the open one.

        What is announced or invalidated inside goes out in the same order after the commit, and is dropped when the
        transaction fails.
        """
        if self._held is not None:
            yield self.db
            return
        pool = self.db
        held: list[Callable[[], None]] = []
        try:
            async with self.app.db.transaction() as tx:
                self.db, self._held = tx, held
                yield tx
        finally:
            self.db, self._held = pool, None
        for act in held:
            act()

    def announce(self, item: Any) -> None:
        """Publishes an announcement (an event with its addressees) or a signal, after the open transaction if any."""
        if self._held is None:
            self.app.publish(item)
        else:
            self._held.append(lambda: self.app.publish(item))

    def after_commit(self, act: Callable[[], None]) -> None:
        """Calls `act` once the open transaction is committed; at once if there is none."""
        if self._held is None:
            act()
        else:
            self._held.append(act)

    def invalidate(self, kind: CacheKind[K, V], key: K | None) -> None:
        """Makes every worker forget `key` (None: the whole kind): here at once, and everywhere after the commit."""
        if self._held is not None:
            self.app.caches.drop(kind.name, key)
        signal = CacheInvalidated(kind.name, key_text(cast(Any, key)))

        def everywhere() -> None:
            self.app.caches.drop(kind.name, key)
            self.app.publish(signal)

        self.after_commit(everywhere)

    def invalidate_everything(self) -> None:
        """Makes every worker forget all that it keeps: for deletions that reach into the rows of many features."""
        for name in self.app.caches.names():
            self.invalidate(CacheKind(name, size=0), None)

    async def cached(self, kind: CacheKind[K, V], key: K, loader: Callable[[], Awaitable[V]]) -> V:
        """The cached value of `key`, or what `loader` gives (kept unless None).

        A transaction that has written something keeps nothing: what it sees is not committed.
        """
        if self._held:
            found = self.app.caches.find(kind, key)
            return found if found is not None else await loader()
        return await self.app.caches.get(kind, key, loader)

    async def cached_many(
        self, kind: CacheKind[K, V], keys: Iterable[K], loader: Callable[[list[K]], Awaitable[Mapping[K, V]]]
    ) -> dict[K, V]:
        """As `cached`, for many keys with one call of `loader`; keys that it does not know are left out."""
        return await self.app.caches.get_many(kind, keys, loader, keep=not self._held)
