"""Looks up what is not counted but simply is so, and gives a worker's whole state."""

import logging
import math
from collections.abc import Mapping
from time import time
from typing import Final

import trio

from mmfast.api.context import App, Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.db.errors import DatabaseError
from mmfast.features.admin.observability import store
from mmfast.platform.metrics import MAX, Family, Snapshot, counter, counters, gauge, gauges, histogram, snapshots
from mmfast.platform.metrics import Counter as Number

log = logging.getLogger(__name__)

STARTED: Final = gauge("mattermost_system_server_start_time", "When the server started, in Unix seconds.", unify=MAX)
ACTIVE_USERS: Final = gauge("mattermost_db_active_users", "People active in the last 31 days.", unify=MAX)
JOBS: Final = gauges("mattermost_jobs_active", "Jobs that run.", "type", unify=MAX)
PHONES: Final = gauges(
    "mattermost_mobileapp_mobile_session_metadata",
    "Sessions of phones.",
    "version",
    "platform",
    "notifications_disabled",
    unify=MAX,
)
CONNECTIONS: Final = gauge("mattermost_db_master_connections_total", "Open connections to the database.")
IDLE: Final = gauge("mmfast_db_idle_connections", "Of these, those that nobody uses.")
WAITING: Final = gauge("mmfast_db_waiting", "Pieces of work that wait for a connection to the database.")

CACHE_HITS: Final = counters("mattermost_cache_mem_hit_total", "Values found in a cache.", "name")
CACHE_MISSES: Final = counters("mattermost_cache_mem_miss_total", "Values not found in a cache.", "name")
CACHE_STALE: Final = counters("mattermost_cache_mem_invalidation_total", "Entries given up as stale.", "name")

WEBSOCKETS: Final = gauge("mattermost_http_websockets_total", "WebSockets that are open.")
USERS: Final = gauge(
    "mattermost_websocket_broadcast_buffer_users_registered", "Users with a line, some for each worker they are at."
)
QUEUED: Final = gauge("mattermost_websocket_broadcast_buffer_size", "Frames that wait for slow sockets.")
PARKED: Final = gauge("mmfast_websocket_parked", "Cut lines that wait for their client to come back.")
POSTED: Final = counter("mattermost_post_broadcasts_total", "Posts announced to clients.")
BROADCASTS: Final = counters("mattermost_websocket_broadcasts_total", "Events announced.", "name")
DELIVERIES: Final = counters("mattermost_websocket_event_total", "Events given to a client's line.", "type")
RECONNECTS: Final = counters(
    "mattermost_websocket_reconnects_total", "Clients that came back for their line, by what came of it.", "result"
)
DROPPED: Final = counter("mmfast_websocket_dropped_total", "Events a client can do without that found no room.")
TOO_SLOW: Final = counter("mmfast_websocket_too_slow_total", "Connections ended because they took too little.")

LAG: Final = histogram("mmfast_loop_lag_seconds", "How late the event loop wakes whoever sleeps.")

ACTIVE_MS: Final = 31 * 24 * 3_600_000
LAG_SECONDS: Final = 0.5
DATABASE_SECONDS: Final = 30.0
"""How old figures from tables may be: several askers must not make the database count for each."""


class Observer:
    """One worker's metrics."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._epoch = new_id()
        self._asked_at = -math.inf
        STARTED.set(int(time()))

    async def take(self) -> Snapshot:
        """The worker's state now."""
        self._look()
        now = trio.current_time()
        if now - self._asked_at >= DATABASE_SECONDS:
            self._asked_at = now
            await self._ask_database()
        return Snapshot(self._epoch, list(snapshots()))

    def _look(self) -> None:
        db, caches, hub = self._app.db, self._app.caches, self._app.hub
        CONNECTIONS.set(db.open_connections)
        IDLE.set(db.idle_connections)
        WAITING.set(db.waiting)
        _set_all(CACHE_HITS, caches.hits)
        _set_all(CACHE_MISSES, caches.misses)
        _set_all(CACHE_STALE, caches.invalidations())
        lines, counts = hub.connected, hub.counts
        WEBSOCKETS.set(len(lines))
        USERS.set(len(hub.audience.users))
        QUEUED.set(sum(line.waiting for line in lines))
        PARKED.set(hub.parked_count)
        POSTED.set(counts.published["posted"])
        _set_all(BROADCASTS, counts.published)
        _set_all(DELIVERIES, {name.decode(): number for name, number in counts.sent.items()})
        RECONNECTS.of("resumed").set(counts.resumed)
        RECONNECTS.of("lost").set(counts.lost)
        DROPPED.set(counts.dropped)
        TOO_SLOW.set(counts.too_slow)

    async def _ask_database(self) -> None:
        """The figures that stand in tables. Without a database the others are shown all the same."""
        ctx = Context.background(self._app)
        now = now_ms()
        try:
            ACTIVE_USERS.set(await store.count_active_users(ctx.db, now - ACTIVE_MS))
            jobs = await store.count_running_jobs(ctx.db)
            phones = await store.count_phones(ctx.db, now)
        except DatabaseError as error:
            log.warning("metrics lack the figures of the database: %s", error)
            return
        JOBS.clear()
        _set_all(JOBS, jobs)
        PHONES.clear()
        for labels, number in phones.items():
            PHONES.of(*labels).set(number)

    async def watch_loop(self) -> None:
        """Measures how late the event loop is, until cancelled."""
        lag = LAG.of()
        while True:
            due = trio.current_time() + LAG_SECONDS
            await trio.sleep_until(due)
            lag.observe(max(0.0, trio.current_time() - due))


def _set_all(family: Family[Number], values: Mapping[str, float]) -> None:
    for name, value in values.items():
        family.of(name).set(value)
