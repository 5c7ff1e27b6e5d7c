"""The composition root: builds every part of a worker, owns the nursery tree and the order of shutdown.

    run_alone, or run_worker below a supervisor (run_parent) that keeps the sockets and the embedded PostgreSQL
     |- database        the pool; alone, the embedded PostgreSQL too
     `- parts nursery   outlives the listener: background work, the hub, the bus, the configuration's watcher
         `- listener nursery
             |- one task a connection: its requests, or its WebSocket session
             |- local mode: the same on a Unix socket, for administrators of the machine
             `- metrics: a page of its own for Prometheus; with several workers it is the parent's, which adds theirs

Shutdown goes from the leaves to the root: send WebSockets away, stop accepting, finish requests within a deadline,
cancel background work, close the pool, stop the embedded database. Nothing is decided here that a part could decide.
"""

import gc
import hashlib
import logging
import os
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
import trio
from msgspec.structs import replace as replace_fields

from mmfast import REFERENCE_VERSION
from mmfast.api.asgi import serve_hypercorn
from mmfast.api.context import App, Context
from mmfast.api.dispatch import Dispatcher
from mmfast.api.operation import Operation
from mmfast.api.periodic import run_periodic
from mmfast.api.rate_limit import RateLimiter
from mmfast.api.router import Router, load_operations
from mmfast.core.startup import StartupError
from mmfast.db import embedded
from mmfast.db.batch import Batch
from mmfast.db.errors import DatabaseUnavailable
from mmfast.db.migrations import initialise
from mmfast.db.pool import Database, PoolLimits
from mmfast.features.admin.audit_log import service as audit_log
from mmfast.features.admin.config import service as admin_config
from mmfast.features.admin.local_mode.service import local_dispatcher
from mmfast.features.admin.observability.service import Observer
from mmfast.features.identity.mfa import service as mfa
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.statuses.service import note_active_channel
from mmfast.features.spaces.channel_members import store as memberships
from mmfast.net.listener import Listener, ListenerSettings
from mmfast.net.local_socket import local_socket
from mmfast.net.metrics_page import metrics_page
from mmfast.net.tls import TlsCertificates, describe_encryption
from mmfast.platform import logging as logs
from mmfast.platform.audit_log import AuditLog
from mmfast.platform.bus.local import LocalBus
from mmfast.platform.cache import key_of_text
from mmfast.platform.config.server_sections import ServiceSettings
from mmfast.platform.config.store import ConfigStore
from mmfast.platform.filestore import LocalFileStore
from mmfast.platform.garbage import collect_now_and_then, rare_full_collections
from mmfast.platform.metrics import Snapshot
from mmfast.platform.metrics_exchange import answer_parent, ask_workers
from mmfast.platform.metrics_text import CONTENT_TYPE, render
from mmfast.platform.metrics_totals import Totals
from mmfast.platform.outgoing import OutgoingClient
from mmfast.platform.supervisor import WorkerPlace, find_place, supervise
from mmfast.realtime.connection import decode_call, serve_call
from mmfast.realtime.exchange import Exchange
from mmfast.realtime.hub import Hub, MembershipLoader
from mmfast.realtime.signals import (
    ActiveChannelChanged,
    CacheInvalidated,
    ConfigChanged,
    DatabaseRecycled,
    EverythingMissed,
    ServerMarkedBusy,
    Signal,
)
from mmfast.web import pages

log = logging.getLogger(__name__)

TLS: Final = "TLS"
"""The value of ServiceSettings.ConnectionSecurity that asks for it."""

NO_ADDRESS: Final = ":0"
"""What a listener is given that inherits its sockets."""

COLLECT_AFTER: Final = (5000, 20, 20)
"""A page of posts alone makes more than the usual 700 objects, each time for nothing: hardly any lie in a cycle."""

SHUTDOWN_SECONDS: Final = 15
"""How long running requests may take to finish after the order to stop."""


@dataclass(frozen=True)
class ServeOptions:
    """What `mmfast serve` was asked for; None leaves the choice to the configuration."""

    data_dir: Path
    config: str | None = None
    workers: int = 1
    listen: str | None = None
    hypercorn: bool = False
    """Serve by Hypercorn, for HTTP/2, in this one process."""


@asynccontextmanager
async def open_database(config: ConfigStore, data_dir: Path) -> AsyncIterator[Database]:
    """The configured database, or an embedded PostgreSQL under `data_dir`; its schema made or checked."""
    async with AsyncExitStack() as stack:
        dsn = config.current.SqlSettings.DataSource or await stack.enter_async_context(embedded.running(data_dir))
        db = await stack.enter_async_context(open_pool(config, dsn))
        await initialise(db)
        yield db


def open_pool(config: ConfigStore, dsn: str) -> AbstractAsyncContextManager[Database]:
    """Connections to a database that is ready for use."""
    settings = config.current.SqlSettings
    limits = PoolLimits(
        max_open=settings.MaxOpenConns,
        max_idle=settings.MaxIdleConns,
        max_lifetime=settings.ConnMaxLifetimeMilliseconds / 1000,
        max_idle_time=settings.ConnMaxIdleTimeMilliseconds / 1000,
        query_timeout=settings.QueryTimeout,
    )
    return Database.open(dsn, limits)


def _version_id(config: ConfigStore) -> str:
    digest = hashlib.md5(msgspec.json.encode(config.current), usedforsecurity=False).hexdigest()
    return f"{REFERENCE_VERSION}..{digest}{hashlib.md5(b'unlicensed', usedforsecurity=False).hexdigest()}.false"


def _tell_failed(name: str, error: BaseException) -> None:
    """Logs that background work failed. While the database is away all of it does, which is no fault of the program."""
    if isinstance(error, DatabaseUnavailable):
        log.warning("background work %s has to wait: %s", name, error)
    else:
        log.error("background work %s failed", name, exc_info=error)


def _follow(app: App, news: Signal) -> None:
    """Does here what another worker has already done there."""
    if isinstance(news, CacheInvalidated):
        app.caches.drop(news.kind, key_of_text(news.key))
    elif isinstance(news, ActiveChannelChanged):
        note_active_channel(app.caches, news.user_id, news.channel_id)
    elif isinstance(news, EverythingMissed):
        app.caches.clear()
    elif isinstance(news, ConfigChanged):
        app.config_store.expect_change()
        app.nursery.start_soon(app.config_store.follow, name="configuration of another worker")
    elif isinstance(news, ServerMarkedBusy):
        app.busy_until_ms = news.until_ms
    elif isinstance(news, DatabaseRecycled):
        app.db.recycle()


def _membership_loader(db: Database) -> MembershipLoader:
    batch = Batch(lambda user_ids: memberships.load_for_hub(db, user_ids))

    async def load(user_id: str) -> tuple[list[str], list[str]]:
        return await batch.find(user_id) or ([], [])

    return load


@asynccontextmanager
async def running_app(
    config: ConfigStore, db: Database, data_dir: Path, *, periodic: bool = True
) -> AsyncIterator[tuple[App, Dispatcher]]:
    """A worker's parts, wired and running, and the application that answers requests; for the server and for tests.

    A command that soon ends leaves periodic work, and with it the jobs, to servers.
    """
    load_operations()
    app = App()
    app.config_store, app.db = config, db
    app.background_errors = _tell_failed
    app.files = LocalFileStore(data_dir / config.current.FileSettings.Directory)
    app.outgoing = OutgoingClient(lambda: config.current)
    app.hub = Hub(_membership_loader(db))
    app.hub.on_signal = lambda news: _follow(app, news)
    app.publish = app.hub.publish
    app.version_id = _version_id(config)
    config.on_change(lambda old, new: setattr(app, "version_id", _version_id(config)))
    config.on_found(lambda: app.spawn("news of the configuration", admin_config.tell_own_clients))
    dispatcher = Dispatcher(
        app,
        Router(list(load_operations().values())),
        find_session=sessions.find_session,
        lacks_second_factor=mfa.is_missing,
        fallback=pages.page,
        allow_rate=RateLimiter(app).allow,
    )
    audits = AuditLog()
    config.on_change(lambda old, new: _configure_audits(app, audits, data_dir))
    _configure_audits(app, audits, data_dir)
    async with trio.open_nursery() as nursery:
        app.nursery = nursery
        nursery.start_soon(app.hub.run, name="hub")
        nursery.start_soon(collect_now_and_then, name="garbage collection")
        nursery.start_soon(config.watch, name="configuration watcher")
        if periodic:
            nursery.start_soon(run_periodic, app, name="periodic work")
        try:
            yield app, dispatcher
        finally:
            nursery.cancel_scope.cancel()
            with trio.CancelScope(shield=True):
                await app.outgoing.aclose()
            audits.close()


def _configure_audits(app: App, audits: AuditLog, data_dir: Path) -> None:
    """Has the audit log written as it is configured now; without targets nobody is told of anything."""
    audits.configure(app.config.ExperimentalAuditSettings, data_dir)

    def note(ctx: Context, operation: Operation, parameters: dict[str, str], status: int) -> None:
        audit_log.note(ctx, audits, operation, parameters, status)

    app.note_audit = note if audits.is_on else None


async def _run_alone(options: ServeOptions) -> bool:
    """The whole server in this process. Gives whether it shall be started again."""
    again = False
    config = await ConfigStore.open(options.config, options.data_dir, make=False)
    async with AsyncExitStack() as stack:
        listener = Listener(_address(options, config), listener_settings(config))
        stack.enter_context(listener.bound())  # first of all: a taken port must be told before anything is touched
        local, metrics = _bind_locally(config, stack), _bind_metrics(config, stack)
        db = await stack.enter_async_context(open_database(config, options.data_dir))
        await config.keep()
        logs.configure(config.current, options.data_dir)
        config.on_change(lambda old, new: logs.follow(old, new, options.data_dir))
        app, dispatcher = await stack.enter_async_context(running_app(config, db, options.data_dir))
        stack.enter_context(rare_full_collections())
        async with trio.open_nursery() as nursery:
            if metrics is not None:
                observer = Observer(app)
                app.nursery.start_soon(observer.watch_loop, name="loop lag")
                nursery.start_soon(_serve_metrics, metrics, partial(_observe, observer), name="metrics")
            if local is not None:
                nursery.start_soon(_serve_locally, config, app, local.fileno(), name="local mode")

            def restart() -> None:
                nonlocal again
                again = True
                nursery.cancel_scope.cancel()

            app.restart = restart
            nursery.start_soon(_obey_signals, config, nursery.cancel_scope, name="signals")
            settle()
            greet(listener.address)
            if options.hypercorn:
                await _serve_by_hypercorn(listener, dispatcher, config)
            else:
                await listener.serve(dispatcher)
    return again


async def _serve_by_hypercorn(listener: Listener, dispatcher: Dispatcher, config: ConfigStore) -> None:
    """Serves on the socket that our listener has bound, but by Hypercorn."""
    settings = config.current.ServiceSettings
    tls = settings.ConnectionSecurity == TLS
    await serve_hypercorn(
        dispatcher,
        f"fd://{os.dup(listener.filenos()[0])}",
        cert_file=settings.TLSCertFile if tls else None,
        key_file=settings.TLSKeyFile if tls else None,
    )


async def _run_parent(options: ServeOptions) -> None:
    """The database and the sockets, and the workers that serve."""
    config = await ConfigStore.open(options.config, options.data_dir, make=False)
    address = _address(options, config)
    with Listener(address).bound():
        pass  # only to learn that the address is free: workers share theirs, and would share a stranger's
    async with AsyncExitStack() as stack:
        places, first = [], None
        folder = stack.enter_context(TemporaryDirectory(prefix="mmfast-"))
        for number in range(options.workers):
            listener = Listener(address, reuse_port=True)
            stack.enter_context(listener.bound())
            first = first or listener
            address = f"{address.rpartition(':')[0]}:{listener.port}"
            places.append(WorkerPlace(number, options.workers, listener.filenos(), folder, dsn=""))
        if (local := _bind_locally(config, stack)) is not None:
            places[0].local_socket = local.fileno()
        metrics = _bind_metrics(config, stack)
        dsn = config.current.SqlSettings.DataSource
        dsn = dsn or await stack.enter_async_context(embedded.running(options.data_dir))
        async with open_pool(config, dsn) as db:
            await initialise(db)
        await config.keep()
        logs.configure(config.current, options.data_dir)
        assert first is not None, "there is at least one worker"
        async with trio.open_nursery() as nursery:
            if metrics is not None:
                ask = partial(ask_workers, folder, options.workers)
                nursery.start_soon(_serve_metrics, metrics, ask, name="metrics")
            await supervise([replace_fields(place, dsn=dsn) for place in places], lambda: greet(first.address))
            nursery.cancel_scope.cancel()


async def _run_worker(options: ServeOptions, place: WorkerPlace) -> None:
    """One of several workers."""
    config = await ConfigStore.open(options.config, options.data_dir, make=False)
    async with AsyncExitStack() as stack:
        listener = Listener(_address(options, config), listener_settings(config), inherited=place.sockets)
        stack.enter_context(listener.bound())
        logs.configure(config.current, options.data_dir)
        config.on_change(lambda old, new: logs.follow(old, new, options.data_dir))
        db = await stack.enter_async_context(open_pool(config, place.dsn))
        app, dispatcher = await stack.enter_async_context(running_app(config, db, options.data_dir))
        stack.enter_context(rare_full_collections())
        exchange = Exchange(app.hub)
        bus = LocalBus(Path(place.folder), place.number, place.workers, exchange)
        exchange.attach(bus)
        app.hand_over, app.catch_up = bus.hand_over, bus.catch_up
        app.restart = lambda: os.kill(os.getppid(), signal.SIGUSR2)
        await app.nursery.start(bus.run, lambda sock, message: _take_over(app, listener, sock, message))
        if config.current.MetricsSettings.Enable:
            observer = Observer(app)
            app.nursery.start_soon(observer.watch_loop, name="loop lag")
            app.nursery.start_soon(answer_parent, place.folder, place.number, observer.take, name="metrics")
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_obey_signals, config, nursery.cancel_scope, name="signals")
            nursery.start_soon(_end_with_parent, place, nursery.cancel_scope, name="parent")
            if place.local_socket >= 0:
                nursery.start_soon(_serve_locally, config, app, place.local_socket, name="local mode")
            settle()
            place.tell_ready()
            await listener.serve(dispatcher)


def _bind_locally(config: ConfigStore, stack: AsyncExitStack) -> socket.socket | None:
    """The socket of local mode, held by the stack; None if it is switched off."""
    settings = config.current.ServiceSettings
    if not settings.EnableLocalMode:
        return None
    return stack.enter_context(local_socket(Path(settings.LocalModeSocketLocation)))


async def _serve_locally(config: ConfigStore, app: App, descriptor: int) -> None:
    """Serves the administrator of the machine, with the same limits but no TLS."""
    settings = replace(listener_settings(config), tls=None)
    listener = Listener(NO_ADDRESS, settings, inherited=[os.dup(descriptor)])
    with listener.bound():
        await listener.serve(local_dispatcher(app))


def settle() -> None:
    """Ends the start: what was made in it stays, and is not looked through again whenever garbage is collected."""
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _bind_metrics(config: ConfigStore, stack: AsyncExitStack) -> Listener | None:
    """The listener of the metrics, bound; None if they are switched off, or the address cannot be had.

    People can do without metrics, so a taken port is no reason not to serve them.
    """
    settings = config.current.MetricsSettings
    if not settings.Enable:
        return None
    try:
        listener = Listener(settings.ListenAddress)
        stack.enter_context(listener.bound())
    except StartupError as error:
        log.error("metrics are not served: %s", error)
        return None
    return listener


async def _observe(observer: Observer) -> dict[int, Snapshot]:
    return {0: await observer.take()}


async def _serve_metrics(listener: Listener, ask: Callable[[], Awaitable[dict[int, Snapshot]]]) -> None:
    """Serves the sum of what the workers tell. Text is made in a thread: with many histograms it takes a while."""
    totals = Totals()

    async def page() -> bytes:
        return await trio.to_thread.run_sync(render, totals.combine(await ask()))

    await listener.serve(metrics_page(CONTENT_TYPE, page))


def _take_over(app: App, listener: Listener, sock: socket.socket, message: bytes) -> bool:
    """Goes on with a client that came to another worker, but whose line is kept here."""
    call = decode_call(message)
    return listener.adopt(sock, call.received, partial(serve_call, app, call))


async def _end_with_parent(place: WorkerPlace, serving: trio.CancelScope) -> None:
    await place.wait_for_orphanhood()
    serving.cancel()


def _address(options: ServeOptions, config: ConfigStore) -> str:
    return options.listen or config.current.ServiceSettings.ListenAddress


def listener_settings(config: ConfigStore) -> ListenerSettings:
    """The listener's limits out of the configuration."""
    settings = config.current.ServiceSettings
    return ListenerSettings(
        read_timeout=settings.ReadTimeout,
        write_timeout=settings.WriteTimeout,
        idle_timeout=settings.IdleTimeout,
        shutdown_deadline=SHUTDOWN_SECONDS,
        tls=_certificates(settings) if settings.ConnectionSecurity == TLS else None,
    )


def _certificates(settings: ServiceSettings) -> TlsCertificates:
    try:
        certificates = TlsCertificates(settings.TLSCertFile, settings.TLSKeyFile, min_version=settings.TLSMinVer)
    except (OSError, ssl.SSLError) as error:
        raise StartupError(f"the TLS certificate cannot be used ({settings.TLSCertFile}): {error}") from error
    log.info(describe_encryption())
    return certificates


def greet(address: str) -> None:
    """Tells the person at the terminal where to go."""
    print(f"mmfast is listening on {address}", flush=True)
    print("The first account made becomes the system administrator.", flush=True)


async def _obey_signals(config: ConfigStore, serving: trio.CancelScope) -> None:
    with trio.open_signal_receiver(signal.SIGTERM, signal.SIGINT, signal.SIGHUP) as received:
        async for number in received:
            if number == signal.SIGHUP:
                await config.look()
            else:
                log.info("stopping: %s", signal.Signals(number).name)
                serving.cancel()
                return


def run(options: ServeOptions) -> int:
    """Serves until told to stop; gives the exit status. A start that fails is one line on stderr and status 1."""
    options = replace(options, data_dir=options.data_dir.absolute())
    status = 0
    place = find_place()
    again = False
    try:
        if place is not None:
            trio.run(_run_worker, options, place)
        elif options.workers == 1 or options.hypercorn:
            again = trio.run(_run_alone, options)
        else:
            trio.run(_run_parent, options)
    except* StartupError as group:
        for error in _leaves(group):
            print(f"mmfast: {error}", file=sys.stderr)
        status = 1
    if again:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return status


def _leaves(group: BaseExceptionGroup) -> list[BaseException]:
    out: list[BaseException] = []
    for error in group.exceptions:
        out += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return out


__all__ = ["ServeOptions", "greet", "listener_settings", "open_database", "run", "running_app"]
