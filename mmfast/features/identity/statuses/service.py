"""Decides statuses: what connections and activity make of them, and what people set by hand.

What was set by hand (away, do not disturb, offline, out of office) stays over connections and activity until it is set
to online by hand again. What was set is written at once. What follows from clients that come, go and are active holds
at once, too, but is written for many users in one statement: after a restart everybody comes at the same time. Where
the configuration switches statuses off, nothing changes and nobody's is shown.
"""

import logging
from typing import Final

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.db.batch import Batch
from mmfast.db.errors import DatabaseUnavailable
from mmfast.db.executor import Executor
from mmfast.features.identity.deactivation.service import USER_DEACTIVATED
from mmfast.features.identity.statuses import errors, store
from mmfast.features.identity.statuses.events import StatusChange
from mmfast.features.identity.statuses.types import AWAY, DND, OFFLINE, ONLINE, OUT_OF_OFFICE, Presence
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User, UserChange, UserPatch
from mmfast.platform.cache import CacheKind, Caches
from mmfast.realtime.signals import ActiveChannelChanged, CacheInvalidated

log = logging.getLogger(__name__)

PRESENCES: Final[CacheKind[str, Presence]] = CacheKind("presences", size=200_000)
ACTIVE_CHANNELS: Final[CacheKind[str, str]] = CacheKind("active_channels", size=200_000)
"""The channel that each user viewed last; in memory only, and told to the other workers by a signal."""

ACTIVITY_WRITTEN_EVERY_MS: Final = 60_000


async def get_presence(ctx: Context, user_id: str) -> Presence:
    """A user's status; offline for those never seen, known or not."""
    found = ctx.caches.find(PRESENCES, user_id)
    if found is not None:
        return found

    return await ctx.cached(PRESENCES, user_id, lambda: _load(ctx, user_id))


async def _load(ctx: Context, user_id: str) -> Presence:
    unwritten = _unwritten(ctx)
    presence = unwritten.find(user_id)
    if presence is None:
        if ctx.db is ctx.app.db:
            presence = await unwritten.read.find(user_id)
        else:  # a transaction sees what it has written itself
            presence = await store.find(ctx.db, user_id)
    presence = presence or Presence(user_id)
    return _with_active_channel(ctx, presence)


def are_shown(ctx: Context) -> bool:
    """Whether this server keeps statuses at all."""
    return ctx.config.ServiceSettings.EnableUserStatuses


async def list_presences(ctx: Context, user_ids: list[str]) -> list[Presence]:
    """The statuses of several users, each once, in the order given."""
    if not are_shown(ctx):
        return []
    if (kept := ctx.caches.find_all(PRESENCES, user_ids)) is not None:
        return kept

    async def load(missing: list[str]) -> dict[str, Presence]:
        seen = await _read(ctx.db, missing)
        unwritten = _unwritten(ctx)
        return {i: _with_active_channel(ctx, unwritten.find(i) or seen.get(i) or Presence(i)) for i in missing}

    return list((await ctx.cached_many(PRESENCES, user_ids, load)).values())


async def list_present(ctx: Context) -> dict[str, str]:
    """The statuses of all who are not offline, by user id."""
    if not are_shown(ctx):
        return {}
    present = await store.list_present(ctx.db)
    present |= {presence.user_id: presence.status for presence in _unwritten(ctx).all()}
    return {user_id: status for user_id, status in present.items() if status != OFFLINE}


async def _read(db: Executor, user_ids: list[str]) -> dict[str, Presence]:
    return {presence.user_id: presence for presence in await store.list_by_ids(db, user_ids)}


class _Unwritten:
    """What has followed from connections and activity, until it is in the database; a crash loses a moment of it."""

    def __init__(self, db: Executor) -> None:
        self.read: Batch[str, Presence] = Batch(lambda user_ids: _read(db, user_ids))
        """Many who come at once are looked up together, too."""
        self._waiting: dict[str, Presence] = {}
        self._under_way: dict[str, Presence] = {}
        self._is_writing = False

    def find(self, user_id: str) -> Presence | None:
        return self._waiting.get(user_id) or self._under_way.get(user_id)

    def all(self) -> list[Presence]:
        return list((self._under_way | self._waiting).values())

    def add(self, ctx: Context, presence: Presence) -> None:
        self._waiting[presence.user_id] = presence
        if not self._is_writing:
            self._is_writing = True
            ctx.app.spawn("statuses", self._write)

    def drop(self, user_id: str) -> None:
        """Something else is written for the user; what is under way does not go over it."""
        self._waiting.pop(user_id, None)
        self._under_way.pop(user_id, None)

    async def _write(self, ctx: Context) -> None:
        """Writes until nothing is left; what comes meanwhile is the next statement's."""
        try:
            while self._waiting:
                self._under_way, self._waiting = self._waiting, {}
                user_ids = list(self._under_way)
                await store.save_unless_chosen(ctx.db, list(self._under_way.values()))
                self._under_way = {}
                for user_id in user_ids:
                    ctx.announce(CacheInvalidated(PRESENCES.name, user_id))  # elsewhere: here it is known already
        except DatabaseUnavailable as error:  # the clients are cut off by the same, and come again
            log.warning("the statuses of %d users could not be written: %s", len(self._under_way), error)
        finally:
            self._under_way, self._is_writing = {}, False


def _unwritten(ctx: Context) -> _Unwritten:
    found: _Unwritten | None = ctx.app.state.get("statuses")
    if found is None:
        found = ctx.app.state["statuses"] = _Unwritten(ctx.app.db)
    return found


def _save_soon(ctx: Context, before: Presence, after: Presence) -> None:
    """Makes an automatic change: it holds from now on, and is written soon."""
    if not are_shown(ctx):
        return
    ctx.caches.put(PRESENCES, after.user_id, after)
    _unwritten(ctx).add(ctx, after)
    _tell(ctx, before, after)


async def get_shown(ctx: Context, user_id: str) -> Presence:
    """As `get_presence`, or the error that there is no status to show."""
    if not are_shown(ctx):
        raise errors.NOT_FOUND()
    return await get_presence(ctx, user_id)


async def _save(ctx: Context, before: Presence, after: Presence, *, tell_always: bool = False) -> None:
    if not are_shown(ctx):
        return
    _unwritten(ctx).drop(after.user_id)
    await store.save(ctx.db, after)
    ctx.invalidate(PRESENCES, after.user_id)
    ctx.after_commit(lambda: ctx.caches.put(PRESENCES, after.user_id, after))
    _tell(ctx, before, after, always=tell_always)


def _tell(ctx: Context, before: Presence, after: Presence, *, always: bool = False) -> None:
    if after.status == OFFLINE:
        remember_active_channel(ctx, after.user_id, "")
    if after.status != before.status or always:
        ctx.announce(StatusChange(status=after.status, user_id=after.user_id).to(user_id=after.user_id))


async def set_online(ctx: Context, user_id: str, *, by_hand: bool = False) -> None:
    """The user is here: a client connected, said that its user is active, or the user chose so."""
    before = await get_presence(ctx, user_id)
    if not are_shown(ctx) or (before.manual and not by_hand):
        return
    now = now_ms()
    after = replace(before, status=ONLINE, manual=False, last_activity_at=now)
    if before.status == ONLINE and not before.manual:
        if now - before.last_activity_at >= ACTIVITY_WRITTEN_EVERY_MS:
            _save_soon(ctx, before, after)
        else:
            ctx.caches.put(PRESENCES, user_id, after)
    elif by_hand:
        await _save(ctx, before, after)
    else:
        _save_soon(ctx, before, after)


async def set_away(ctx: Context, user_id: str, *, by_hand: bool = False) -> None:
    """The user is away: chosen, or said by a client after the time without activity that the configuration sets."""
    before = await get_presence(ctx, user_id)
    if not by_hand:
        idle_ms = ctx.config.TeamSettings.UserStatusAwayTimeout * 1000
        if before.manual or before.status == AWAY or now_ms() - before.last_activity_at < idle_ms:
            return
    await _save(ctx, before, replace(before, status=AWAY, manual=by_hand))


async def set_offline(ctx: Context, user_id: str, *, by_hand: bool = False) -> None:
    """The user is gone: chosen, or the last connection has ended."""
    before = await get_presence(ctx, user_id)
    if before.manual and not by_hand:
        return
    after = replace(before, status=OFFLINE, manual=by_hand, last_activity_at=now_ms(), active_channel="")
    if by_hand:
        await _save(ctx, before, after)
    else:
        _save_soon(ctx, before, after)


@USER_DEACTIVATED.register
async def leave(ctx: Context, user: User) -> None:
    """An account that is switched off is offline, whatever its user had chosen."""
    before = await get_presence(ctx, user.id)
    await _save(
        ctx, before, replace(before, status=OFFLINE, manual=False, last_activity_at=now_ms(), active_channel="")
    )


async def set_dnd(ctx: Context, user_id: str, until_seconds: int = 0) -> None:
    """Not to be disturbed, until a time (whole minutes) or until set otherwise."""
    before = await get_presence(ctx, user_id)
    former = before.status if before.status != DND else before.prev_status
    until = until_seconds - until_seconds % 60
    after = replace(before, status=DND, manual=True, dnd_end_time=until, prev_status=former)
    await _save(ctx, before, after, tell_always=True)  # its end may have changed


async def set_out_of_office(ctx: Context, user_id: str) -> None:
    """Away for longer: follows from switching the automatic reply on."""
    before = await get_presence(ctx, user_id)
    await _save(ctx, before, replace(before, status=OUT_OF_OFFICE, manual=True))


async def set_by_hand(ctx: Context, user_id: str, status: str, until_seconds: int) -> None:
    """What a person chose; choosing anything ends an automatic reply."""
    before = await get_presence(ctx, user_id)
    async with ctx.transaction():
        if before.status == OUT_OF_OFFICE:
            await _end_automatic_reply(ctx, user_id)
        if status == ONLINE:
            await set_online(ctx, user_id, by_hand=True)
        elif status == AWAY:
            await set_away(ctx, user_id, by_hand=True)
        elif status == OFFLINE:
            await set_offline(ctx, user_id, by_hand=True)
        else:
            await set_dnd(ctx, user_id, until_seconds)


async def _end_automatic_reply(ctx: Context, user_id: str) -> None:
    user = await users.find_user(ctx, user_id)
    if user is not None and user.notify_props.get("auto_responder_active") == "true":
        props = {**user.notify_props, "auto_responder_active": "false"}
        await users.patch_user(ctx, user, UserPatch(notify_props=props))


def remember_active_channel(ctx: Context, user_id: str, channel_id: str) -> None:
    """Notes the channel that the user views now, empty for none."""
    if (ctx.caches.find(ACTIVE_CHANNELS, user_id) or "") != channel_id:
        note_active_channel(ctx.caches, user_id, channel_id)
        ctx.announce(ActiveChannelChanged(user_id, channel_id))


def note_active_channel(caches: Caches, user_id: str, channel_id: str) -> None:
    """Keeps in this worker's memory what the user views."""
    caches.put(ACTIVE_CHANNELS, user_id, channel_id)
    presence = caches.find(PRESENCES, user_id)
    if presence is not None and presence.active_channel != channel_id:
        caches.put(PRESENCES, user_id, replace(presence, active_channel=channel_id))


def _with_active_channel(ctx: Context, presence: Presence) -> Presence:
    channel_id = ctx.caches.find(ACTIVE_CHANNELS, presence.user_id)
    return replace(presence, active_channel=channel_id) if channel_id else presence


async def end_expired_dnd(ctx: Context) -> None:
    """Gives back the former status where do-not-disturb has run out; harmless to run on every worker."""
    async with ctx.transaction() as tx:
        for presence in await store.end_expired_dnd(tx, now_ms() // 1000):
            ctx.invalidate(PRESENCES, presence.user_id)
            event = StatusChange(status=presence.status, user_id=presence.user_id)
            ctx.announce(event.to(user_id=presence.user_id))


@users.USER_CHANGED.register
async def follow_automatic_reply(ctx: Context, news: UserChange) -> None:
    """Out of office follows the switch of the automatic reply, where the configuration has that feature on."""
    if not ctx.config.TeamSettings.ExperimentalEnableAutomaticReplies:
        return
    was = news.before.notify_props.get("auto_responder_active") == "true"
    is_on = news.after.notify_props.get("auto_responder_active") == "true"
    if is_on and not was:
        await set_out_of_office(ctx, news.after.id)
    elif was and not is_on and (await get_presence(ctx, news.after.id)).status == OUT_OF_OFFICE:
        await set_online(ctx, news.after.id, by_hand=True)
