"""Makes channels and finds them; gives every team its default channels and every member of a team those."""

import re

import msgspec
from msgspec import Raw

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.core.text import Text
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.channel_members import service as members
from mmfast.features.spaces.channels import errors, store
from mmfast.features.spaces.channels.events import MEMBER_ADDED, ChannelCreated, MemberAdded
from mmfast.features.spaces.channels.store import CHANNELS
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL, OFF_TOPIC, PRIVATE, PUBLIC, Channel, ChannelCreate
from mmfast.features.spaces.teams.events import TEAM_CREATED, TEAM_MEMBER_ADDED, TeamCreatedNews, TeamMemberAddedNews

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
    if channel.type not in (PUBLIC, PRIVATE):
        raise errors.TYPE_INVALID(type=channel.type)
    if len(channel.header) > 1024:
        raise errors.HEADER_TOO_LONG()
    if len(channel.purpose) > 250:
        raise errors.PURPOSE_TOO_LONG()
    if _DIRECT_NAME.fullmatch(channel.name) or _GROUP_NAME.fullmatch(channel.name):
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


async def create_channel(ctx: Context, wanted: ChannelCreate, creator: User) -> Channel:
    """Makes a public or private channel, and its creator its admin."""
    channel = new_channel(wanted, creator.id)
    require_valid(channel)
    if await store.count_channels(ctx.db, channel.team_id) >= ctx.config.TeamSettings.MaxChannelsPerTeam:
        raise errors.TOO_MANY_CHANNELS()
    async with ctx.transaction() as db:
        if not await store.insert_channel(db, channel):
            raise errors.CHANNEL_EXISTS(name=channel.name)
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
