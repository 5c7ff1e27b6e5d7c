"""The composition root: builds every part of a worker, owns the nursery tree and the order of shutdown.

    run_worker
     |- database        embedded PostgreSQL (the machine's first process only), then the pool
     `- parts nursery   outlives the listener: background work, the hub, the configuration's watcher
         `- listener nursery
             `- one task a connection: its requests, or its WebSocket session

Shutdown goes from the leaves to the root: stop accepting, finish requests within a deadline, send WebSockets away,
cancel background work, close the pool, stop the embedded database. Nothing is decided here that a part could decide.
"""

import hashlib
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec
import trio

from mmfast import REFERENCE_VERSION
from mmfast.api.context import App, Context
from mmfast.api.dispatch import Dispatcher
from mmfast.api.router import Router, load_operations
from mmfast.core.startup import StartupError
from mmfast.db import embedded
from mmfast.db.migrations import initialise
from mmfast.db.pool import Database, PoolLimits
from mmfast.features.identity.mfa import service as mfa
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.spaces.channel_members import store as memberships
from mmfast.net.listener import Listener, ListenerSettings
from mmfast.platform import logging as logs
from mmfast.platform.cache import key_of_text
from mmfast.platform.config.store import ConfigStore
from mmfast.platform.filestore import LocalFileStore
from mmfast.platform.outgoing import OutgoingClient
from mmfast.realtime.hub import Hub
from mmfast.realtime.signals import CacheInvalidated, ConfigChanged, Signal
from mmfast.web import pages

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS: Final = 15
"""How long running requests may take to finish after the order to stop."""


@dataclass(frozen=True)
class ServeOptions:
    """What `mmfast serve` was asked for; None leaves the choice to the configuration."""

    data_dir: Path
    config: str | None = None
    workers: int = 1
    listen: str | None = None


@asynccontextmanager
async def open_database(config: ConfigStore, data_dir: Path) -> AsyncIterator[Database]:
    """The configured database, or an embedded PostgreSQL under `data_dir`; its schema made or checked."""
    settings = config.current.SqlSettings
    async with AsyncExitStack() as stack:
        dsn = settings.DataSource
        if not dsn:
            dsn = await stack.enter_async_context(embedded.running(data_dir))
        db = await stack.enter_async_context(
            Database.open(
                dsn,
                PoolLimits(
                    max_open=settings.MaxOpenConns,
                    max_idle=settings.MaxIdleConns,
                    max_lifetime=settings.ConnMaxLifetimeMilliseconds / 1000,
                    max_idle_time=settings.ConnMaxIdleTimeMilliseconds / 1000,
                    query_timeout=settings.QueryTimeout,
                ),
            )
        )
        await initialise(db)
        yield db


def _version_id(config: ConfigStore) -> str:
    digest = hashlib.md5(msgspec.json.encode(config.current), usedforsecurity=False).hexdigest()
    return f"{REFERENCE_VERSION}..{digest}{hashlib.md5(b'unlicensed', usedforsecurity=False).hexdigest()}.false"


def _follow(app: App, news: Signal) -> None:
    """Does here what another worker has already done there."""
    if isinstance(news, CacheInvalidated):
        app.caches.drop(news.kind, key_of_text(news.key))
    elif isinstance(news, ConfigChanged):
        app.nursery.start_soon(app.config_store.follow, name="configuration of another worker")


@asynccontextmanager
async def running_app(config: ConfigStore, db: Database, data_dir: Path) -> AsyncIterator[tuple[App, Dispatcher]]:
    """A worker's parts, wired and running, and the application that answers requests; for the server and for tests."""
    load_operations()
    app = App()
    app.config_store, app.db = config, db
    app.background_errors = lambda name, error: log.error("background work %s failed", name, exc_info=error)
    app.files = LocalFileStore(data_dir / config.current.FileSettings.Directory)
    app.outgoing = OutgoingClient(lambda: config.current)
    app.hub = Hub(lambda user_id: memberships.load_for_hub(db, user_id))
    app.hub.on_signal = lambda news: _follow(app, news)
    app.publish = app.hub.publish
    app.version_id = _version_id(config)
    config.on_change(lambda old, new: setattr(app, "version_id", _version_id(config)))
    dispatcher = Dispatcher(
        app,
        Router(list(load_operations().values())),
        find_session=sessions.find_session,
        lacks_second_factor=mfa.is_missing,
        fallback=pages.page,
    )
    async with trio.open_nursery() as nursery:
        app.nursery = nursery
        nursery.start_soon(app.hub.run, name="hub")
        nursery.start_soon(config.watch, name="configuration watcher")
        try:
            yield app, dispatcher
        finally:
            nursery.cancel_scope.cancel()
            with trio.CancelScope(shield=True):
                await app.outgoing.aclose()


async def _run_worker(options: ServeOptions) -> None:
    config = await ConfigStore.open(options.config, options.data_dir, make=False)
    listen = options.listen or config.current.ServiceSettings.ListenAddress
    async with AsyncExitStack() as stack:
        listener = Listener(listen, listener_settings(config), reuse_port=options.workers > 1)
        stack.enter_context(listener.bound())  # first of all: a taken port must be told before anything is touched
        db = await stack.enter_async_context(open_database(config, options.data_dir))
        await config.keep()
        logs.configure(config.current, options.data_dir)
        config.on_change(lambda old, new: logs.follow(old, new, options.data_dir))
        app, dispatcher = await stack.enter_async_context(running_app(config, db, options.data_dir))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_obey_signals, config, nursery.cancel_scope, name="signals")
            greet(listener.address)
            await listener.serve(dispatcher)


def listener_settings(config: ConfigStore) -> ListenerSettings:
    """The listener's limits out of the configuration."""
    settings = config.current.ServiceSettings
    return ListenerSettings(
        read_timeout=settings.ReadTimeout,
        write_timeout=settings.WriteTimeout,
        idle_timeout=settings.IdleTimeout,
        shutdown_deadline=SHUTDOWN_SECONDS,
    )


def greet(address: str) -> None:
    """Tells the person at the terminal where to go."""
    print(f"mmfast is listening on {address}", flush=True)
    print("The first account made becomes the system administrator.", flush=True)


async def _obey_signals(config: ConfigStore, serving: trio.CancelScope) -> None:
    with trio.open_signal_receiver(signal.SIGTERM, signal.SIGINT, signal.SIGHUP) as received:
        async for number in received:
            if number == signal.SIGHUP:
                await config.follow()
            else:
                log.info("stopping: %s", signal.Signals(number).name)
                serving.cancel()
                return


def run(options: ServeOptions) -> int:
    """Serves until told to stop; gives the exit status. A start that fails is one line on stderr and status 1."""
    options = replace(options, data_dir=options.data_dir.absolute())
    status = 0
    try:
        trio.run(_run_worker, options)
    except* StartupError as group:
        for error in _leaves(group):
            print(f"mmfast: {error}", file=sys.stderr)
        status = 1
    return status


def _leaves(group: BaseExceptionGroup) -> list[BaseException]:  # type: ignore[type-arg]
    out: list[BaseException] = []
    for error in group.exceptions:
        out += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return out


__all__ = ["Context", "ServeOptions", "greet", "listener_settings", "open_database", "run", "running_app"]
