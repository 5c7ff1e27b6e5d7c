"""Makes channels and finds them; gives every team its default channels and every member of a team those."""

import re

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.core.text import Text
from mmfast.features.identity.users.service import get_users
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.channel_members import service as members
from mmfast.features.spaces.channels import errors, store
from mmfast.features.spaces.channels.events import (
    CHANNEL_ARCHIVED,
    CHANNEL_DELETED_FOREVER,
    CHANNEL_MOVED,
    CHANNEL_RESTORED,
    CHANNEL_UPDATED,
    MEMBER_ADDED,
    MEMBER_REMOVED,
    PRIVACY_CHANGED,
    ChannelArchived,
    ChannelChanged,
    ChannelConverted,
    ChannelCreated,
    ChannelDeleted,
    ChannelDeletedForever,
    ChannelMoved,
    ChannelRestored,
    ChannelUpdated,
    MemberAdded,
    MemberRemoved,
)
from mmfast.features.spaces.channels.store import CHANNELS
from mmfast.features.spaces.channels.types import (
    DEFAULT_CHANNEL,
    DIRECT,
    GROUP,
    OFF_TOPIC,
    PRIVATE,
    PUBLIC,
    Channel,
    ChannelCreate,
    ChannelPatch,
    ChannelUpdate,
)
from mmfast.features.spaces.teams.events import (
    TEAM_CREATED,
    TEAM_DELETED_FOREVER,
    TEAM_MEMBER_ADDED,
    TEAM_MEMBER_REMOVED,
    TeamCreatedNews,
    TeamDeletedForever,
    TeamMemberAddedNews,
    TeamMemberRemovedNews,
)
from mmfast.features.spaces.teams.service import get_team
from mmfast.features.spaces.teams.types import Team
from mmfast.realtime.event import Announcement, Event
from mmfast.realtime.signals import ChannelDeleted as ChannelGone

TOWN_SQUARE_NAME = Text("api.channel.create_default_channels.town_square", "Town Square")
OFF_TOPIC_NAME = Text("api.channel.create_default_channels.off_topic", "Off-Topic")

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DIRECT_NAME = re.compile(r"[a-z0-9]{26}__[a-z0-9]{26}")
_GROUP_NAME = re.compile(r"[a-f0-9]{40}")


async def find_channel(ctx: Context, channel_id: str) -> Channel | None:
    """The channel, archived or not, or None. Its counters may lag behind."""
    return await ctx.cached(CHANNELS, channel_id, lambda: store.find_channel(ctx.db, channel_id))


async def get_channel(ctx: Context, channel_id: str) -> Channel:
    """The channel, archived or not. Its counters may lag behind: to show them, `read_channel`."""
    channel = await find_channel(ctx, channel_id)
    if channel is None:
        raise errors.CHANNEL_NOT_FOUND(channel_id=channel_id)
    return channel


async def read_channel(ctx: Context, channel_id: str) -> Channel:
    """The channel as it stands in the database, with its counters."""
    channel = await store.find_channel(ctx.db, channel_id)
    if channel is None:
        raise errors.CHANNEL_NOT_FOUND(channel_id=channel_id)
    return channel


async def get_channel_by_name(ctx: Context, team_id: str, name: str, *, include_deleted: bool = False) -> Channel:
    """The channel of this name in the team."""
    channel = await store.find_channel_by_name(ctx.db, team_id, name.lower(), include_deleted)
    if channel is None:
        raise errors.CHANNEL_NAME_NOT_FOUND(name=name)
    return channel


def require_valid(channel: Channel) -> None:
    """Refuses a channel whose properties break the rules, with the error of the first that does."""
    if len(channel.display_name) > 64:
        raise errors.DISPLAY_NAME_INVALID()
    if not _NAME.fullmatch(channel.name):
        raise errors.NAME_CHARACTERS(name=channel.name)
    if channel.type not in (PUBLIC, PRIVATE, DIRECT, GROUP):
        raise errors.TYPE_INVALID(type=channel.type)
    if len(channel.header) > 1024:
        raise errors.HEADER_TOO_LONG()
    if len(channel.purpose) > 250:
        raise errors.PURPOSE_TOO_LONG()
    like_direct = _DIRECT_NAME.fullmatch(channel.name) or _GROUP_NAME.fullmatch(channel.name)
    if like_direct and not channel.is_direct_or_group:
        raise errors.NAME_INVALID(name=channel.name)


def new_channel(wanted: ChannelCreate, creator_id: str) -> Channel:
    """A channel of a team that is not written yet."""
    now = now_ms()
    banner = wanted.banner_info
    return Channel(
        id=new_id(),
        create_at=now,
        update_at=now,
        delete_at=0,
        team_id=wanted.team_id,
        type=wanted.type,
        display_name=wanted.display_name.strip(),
        name=wanted.name.strip(),
        header=wanted.header,
        purpose=wanted.purpose,
        last_post_at=0,
        total_msg_count=0,
        extra_update_at=0,
        creator_id=creator_id,
        scheme_id=None,
        group_constrained=wanted.group_constrained,
        shared=None,
        total_msg_count_root=0,
        last_root_post_at=0,
        banner_info=Raw(msgspec.json.encode(banner)) if banner else None,
        default_category_name=wanted.default_category_name.strip(),
        autotranslation=False,
    )


async def create_channel(ctx: Context, wanted: ChannelCreate, creator: User | None) -> Channel:
    """Makes a public or private channel, and its creator its admin; without one, nobody is in it yet."""
    channel = new_channel(wanted, creator.id if creator is not None else "")
    if wanted.id:
        raise errors.CHANNEL_HAS_ID()
    require_valid(channel)
    if await store.count_channels(ctx.db, channel.team_id) >= ctx.config.TeamSettings.MaxChannelsPerTeam:
        raise errors.TOO_MANY_CHANNELS()
    async with ctx.transaction() as db:
        if not await store.insert_channel(db, channel):
            raise errors.CHANNEL_EXISTS(name=channel.name)
        if creator is not None:
            await members.enter(ctx, channel, [members.new_member(channel, creator, admin=True)])
            ctx.announce(ChannelCreated(channel_id=channel.id, team_id=channel.team_id).to(user_id=creator.id))
            await MEMBER_ADDED.run(ctx, MemberAdded(channel, creator, creator.id))
    return channel


def get_default_channel_names(ctx: Context) -> list[str]:
    """The names of the channels that a new member of a team joins, in order."""
    further = ctx.config.TeamSettings.ExperimentalDefaultChannels or [OFF_TOPIC]
    return list(dict.fromkeys([DEFAULT_CHANNEL, *further]))


@TEAM_CREATED.register
async def create_default_channels(ctx: Context, news: TeamCreatedNews) -> None:
    """Gives a new team its first channels, in the server's language."""
    locale = ctx.config.LocalizationSettings.DefaultServerLocale
    for name, text in ((DEFAULT_CHANNEL, TOWN_SQUARE_NAME), (OFF_TOPIC, OFF_TOPIC_NAME)):
        wanted = ChannelCreate(team_id=news.team.id, type=PUBLIC, name=name, display_name=text.in_locale(locale))
        await store.insert_channel(ctx.db, new_channel(wanted, ""))


@TEAM_MEMBER_ADDED.register
async def join_default_channels(ctx: Context, news: TeamMemberAddedNews) -> None:
    """Lets a new member of a team, unless a guest, into its default channels."""
    if news.user.is_guest:
        return
    for channel in await store.find_channels_by_names(ctx.db, news.team.id, get_default_channel_names(ctx)):
        if channel.type == PUBLIC:
            await members.add_member(ctx, channel, news.user, actor_id=news.actor_id, by_team=True)


async def _write(ctx: Context, channel: Channel) -> None:
    if not await store.update_channel(ctx.db, channel):
        raise errors.CHANNEL_EXISTS(name=channel.name)
    ctx.invalidate(CHANNELS, channel.id)


def _announce_updated(ctx: Context, channel: Channel) -> None:
    ctx.announce(ChannelUpdated(channel=channel).to(channel_id=channel.id))


async def update_channel(ctx: Context, old: Channel, wanted: ChannelUpdate) -> Channel:
    """Replaces the properties: header and purpose as given, the others where given."""
    if old.delete_at:
        raise errors.CHANNEL_ARCHIVED()
    if wanted.type and wanted.type != old.type:
        raise errors.TYPE_FIXED()
    new = replace(
        old,
        header=wanted.header,
        purpose=wanted.purpose,
        display_name=wanted.display_name.strip() or old.display_name,
        name=wanted.name or old.name,
        default_category_name=wanted.default_category_name or old.default_category_name,
        update_at=now_ms(),
    )
    if wanted.group_constrained is not None:
        new.group_constrained = wanted.group_constrained
    sent = replace(
        new, team_id=wanted.team_id, type=wanted.type, name=wanted.name, display_name=wanted.display_name.strip()
    )
    return await _change(
        ctx, old, new, ChannelChanged(replace(old, header=new.header, purpose=new.purpose), sent, ctx.user_id)
    )


async def patch_channel(ctx: Context, old: Channel, patch: ChannelPatch) -> Channel:
    """Changes those properties that the patch names."""
    if old.delete_at:
        raise errors.CHANNEL_TAKEN_AWAY()
    given = {
        name: value
        for name in ("name", "header", "purpose", "group_constrained", "default_category_name")
        if (value := getattr(patch, name)) is not None
    }
    if patch.display_name is not None:
        given["display_name"] = patch.display_name.strip()
    if patch.banner_info is not None:
        given["banner_info"] = Raw(msgspec.json.encode(patch.banner_info))
    new = replace(old, **given, update_at=now_ms())
    return await _change(ctx, old, new, ChannelChanged(old, new, ctx.user_id))


async def _change(ctx: Context, old: Channel, new: Channel, told: ChannelChanged) -> Channel:
    """Writes a change and reports it as `told`."""
    if old.name == DEFAULT_CHANNEL and new.name != old.name:
        raise errors.DEFAULT_CHANNEL_FIXED(channel=old.name)
    require_valid(new)
    async with ctx.transaction():
        await _write(ctx, new)
        _announce_updated(ctx, new)
        await CHANNEL_UPDATED.run(ctx, told)
    return new


async def update_privacy(ctx: Context, old: Channel, privacy: str) -> Channel:
    """Makes a public channel private or a private one public, and tells so even where it was that already."""
    if old.name == DEFAULT_CHANNEL and privacy == PRIVATE:
        raise errors.DEFAULT_STAYS_PUBLIC()
    new = replace(old, type=privacy, update_at=now_ms())
    async with ctx.transaction():
        await _write(ctx, new)
        await PRIVACY_CHANGED.run(ctx, ChannelChanged(old, new, ctx.user_id))
        _announce_updated(ctx, new)
        ctx.announce(ChannelConverted(channel_id=new.id).to(team_id=new.team_id))
    return new


def _to_those_who_may_know(told: Event, channel: Channel) -> Announcement:
    """Of a public channel the whole team hears; of a private one its members only."""
    return told.to(team_id=channel.team_id) if channel.type == PUBLIC else told.to(channel_id=channel.id)


async def archive_channel(ctx: Context, channel: Channel) -> None:
    """Closes the channel; it can be restored."""
    if channel.delete_at:
        raise errors.ALREADY_ARCHIVED()
    if channel.name == DEFAULT_CHANNEL:
        raise errors.DEFAULT_NOT_ARCHIVED(channel=channel.name)
    async with ctx.transaction():
        await CHANNEL_ARCHIVED.run(ctx, ChannelArchived(channel, ctx.user_id))
        now = now_ms()
        await _write(ctx, replace(channel, delete_at=now, update_at=now))
        ctx.announce(_to_those_who_may_know(ChannelDeleted(channel_id=channel.id, delete_at=now), channel))


async def restore_channel(ctx: Context, channel: Channel) -> Channel:
    """Opens an archived channel again."""
    if not channel.delete_at:
        raise errors.NOT_ARCHIVED()
    restored = replace(channel, delete_at=0, update_at=now_ms())
    async with ctx.transaction():
        await _write(ctx, restored)
        ctx.announce(_to_those_who_may_know(ChannelRestored(channel_id=channel.id), channel))
        await CHANNEL_RESTORED.run(ctx, ChannelArchived(restored, ctx.user_id))
    return restored


async def delete_channel(ctx: Context, channel: Channel) -> None:
    """Deletes the channel for good, with all it holds."""
    async with ctx.transaction() as db:
        await CHANNEL_DELETED_FOREVER.run(ctx, ChannelDeletedForever(channel))
        for user_id in await store.delete_channel(db, channel.id):
            ctx.invalidate(members.CHANNEL_MEMBERSHIPS, channel.id + user_id)
        ctx.invalidate(CHANNELS, channel.id)
        ctx.announce(_to_those_who_may_know(ChannelDeleted(channel_id=channel.id, delete_at=now_ms()), channel))
        ctx.announce(ChannelGone(channel.id))


async def move_channel(ctx: Context, channel: Channel, team: Team, *, force: bool) -> Channel:
    """Brings the channel into another team. Members who are not in that team are removed by force, or hinder it."""
    old_team = await get_team(ctx, channel.team_id)
    async with ctx.transaction() as db:
        if force:
            for user in await get_users(ctx, await store.list_members_outside(db, channel.id, team.id)):
                await members.remove_member(ctx, channel, user, actor_id=ctx.user_id, quietly=True)
        elif await store.count_members_outside(db, channel.id, team.id):
            raise errors.MEMBERS_NOT_IN_TEAM()
        moved = replace(channel, team_id=team.id, update_at=now_ms())
        await _write(ctx, moved)
        await store.forget_sidebar(db, channel.id)
        await CHANNEL_MOVED.run(ctx, ChannelMoved(moved, old_team, ctx.user_id))
    return moved


@TEAM_DELETED_FOREVER.register
async def delete_team_channels(ctx: Context, news: TeamDeletedForever) -> None:
    """Deletes the channels of a team that is deleted for good."""
    for channel in await store.list_channels_of_team(ctx.db, news.team.id):
        await delete_channel(ctx, channel)


@TEAM_MEMBER_REMOVED.register
async def leave_team_channels(ctx: Context, news: TeamMemberRemovedNews) -> None:
    """Takes who leaves a team, or is removed from it, out of its channels; the default channel is told of it.

    Who leaves of their own will still reads that; who was removed does not.
    """
    default = await store.find_channel_by_name(ctx.db, news.team.id, DEFAULT_CHANNEL, False)
    told = None
    if default is not None and await members.is_member(ctx, default.id, news.user.id):
        told = MemberRemoved(default, news.user, news.actor_id, by_team=True)
    by_self = news.actor_id == news.user.id
    if told is not None and by_self:
        await MEMBER_REMOVED.run(ctx, told)
    await members.leave_all(ctx, news.team.id, news.user.id)
    if told is not None and not by_self:
        await MEMBER_REMOVED.run(ctx, told)
