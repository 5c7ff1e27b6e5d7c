"""Decides statuses: what connections and activity make of them, and what people set by hand.

What was set by hand (away, do not disturb, offline, out of office) stays over connections and activity until it is set
to online by hand again. Changes are written at once; mere activity is written at most once a minute. Where the
configuration switches statuses off, nothing changes and nobody's is shown.
"""

from typing import Final

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.deactivation.service import USER_DEACTIVATED
from mmfast.features.identity.statuses import errors, store
from mmfast.features.identity.statuses.events import StatusChange
from mmfast.features.identity.statuses.types import AWAY, DND, OFFLINE, ONLINE, OUT_OF_OFFICE, Presence
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User, UserChange, UserPatch
from mmfast.platform.cache import CacheKind, Caches
from mmfast.realtime.signals import ActiveChannelChanged

PRESENCES: Final[CacheKind[str, Presence]] = CacheKind("presences", size=200_000)
ACTIVE_CHANNELS: Final[CacheKind[str, str]] = CacheKind("active_channels", size=200_000)
"""The channel that each user viewed last; in memory only, and told to the other workers by a signal."""

ACTIVITY_WRITTEN_EVERY_MS: Final = 60_000


async def get_presence(ctx: Context, user_id: str) -> Presence:
    """A user's status; offline for those never seen, known or not."""
    found = ctx.caches.find(PRESENCES, user_id)
    if found is not None:
        return found

    async def load() -> Presence:
        return _with_active_channel(ctx, await store.find(ctx.db, user_id) or Presence(user_id))

    return await ctx.cached(PRESENCES, user_id, load)


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
        seen = {presence.user_id: presence for presence in await store.list_by_ids(ctx.db, missing)}
        return {i: _with_active_channel(ctx, seen.get(i) or Presence(i)) for i in missing}

    return list((await ctx.cached_many(PRESENCES, user_ids, load)).values())


async def list_present(ctx: Context) -> dict[str, str]:
    """The statuses of all who are not offline, by user id."""
    if not are_shown(ctx):
        return {}
    return await store.list_present(ctx.db)


async def get_shown(ctx: Context, user_id: str) -> Presence:
    """As `get_presence`, or the error that there is no status to show."""
    if not are_shown(ctx):
        raise errors.NOT_FOUND()
    return await get_presence(ctx, user_id)


async def _save(ctx: Context, before: Presence, after: Presence, *, tell_always: bool = False) -> None:
    if not are_shown(ctx):
        return
    await store.save(ctx.db, after)
    ctx.invalidate(PRESENCES, after.user_id)
    ctx.after_commit(lambda: ctx.caches.put(PRESENCES, after.user_id, after))
    if after.status == OFFLINE:
        remember_active_channel(ctx, after.user_id, "")
    if after.status != before.status or tell_always:
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
            await store.save_activity(ctx.db, user_id, now)
        ctx.caches.put(PRESENCES, user_id, after)
        return
    await _save(ctx, before, after)


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
    await _save(ctx, before, after)


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
