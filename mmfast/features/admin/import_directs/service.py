"""Makes the channels of people among each other, or finds them: they are known by who is in them."""

from collections.abc import Sequence

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.features.admin.import_lines.types import DirectChannelLine, Entry
from mmfast.features.admin.import_memberships.service import enter, new_membership, props_of, save_favorites
from mmfast.features.admin.import_memberships.types import ChannelMembership
from mmfast.features.admin.import_names.service import Names, direct_channel_name
from mmfast.features.admin.import_names.types import Person
from mmfast.features.admin.import_posts.types import Thread
from mmfast.features.identity.preferences import store as preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.spaces.channels import store as channel_store
from mmfast.features.spaces.channels.service import new_channel
from mmfast.features.spaces.channels.types import DIRECT, GROUP, Channel, ChannelCreate


async def save_channels(ctx: Context, names: Names, entries: Sequence[Entry]) -> None:
    """Writes lines of direct channels, in the open transaction."""
    lines = [(entry.number, entry.line.direct_channel) for entry in entries if entry.line.direct_channel]
    await names.load_people(ctx, [name for _, line in lines for name in line.usernames])
    await names.load_direct_channels(ctx, [[names.person(n).id for n in line.usernames] for _, line in lines])
    members: dict[tuple[str, str], ChannelMembership] = {}
    people: dict[str, Person] = {}
    favorites: dict[str, list[str]] = {}
    shown: list[Preference] = []
    for number, line in lines:
        names.line = number
        in_it = [names.person(name) for name in line.usernames]
        channel = await _save(ctx, names, in_it, line.header)
        people |= {person.id: person for person in in_it}
        for member in _members_of(names, channel, line, in_it):
            members[channel.id, member.user_id] = member
        for name in line.favorited_by or []:
            favorites.setdefault(names.person(name).id, []).append(channel.id)
        shown += _shown(names, channel, line)
    await enter(ctx, list(members.values()), people)
    await save_favorites(ctx, favorites)
    if shown:
        await preferences.save(ctx.db, shown)


def _members_of(
    names: Names, channel: Channel, line: DirectChannelLine, people: list[Person]
) -> list[ChannelMembership]:
    said = {names.person(p.username or "").id: p for p in line.participants or []}
    members = [new_membership(channel, person) for person in people]
    for member in members:
        participant = said.get(member.user_id)
        if participant is not None:
            member.take_counts(participant)
            member.notify_props = props_of(participant.notify_props)
    return members


def _shown(names: Names, channel: Channel, line: DirectChannelLine) -> list[Preference]:
    people = [names.person(name).id for name in line.shown_by or []]
    if channel.type == GROUP:
        return [Preference(user_id, "group_channel_show", channel.id, "true") for user_id in people]
    return [Preference(u, "direct_channel_show", channel.other_user_id(u), "true") for u in people]


async def _save(ctx: Context, names: Names, people: list[Person], header: str | None) -> Channel:
    """The channel of these people with this header; its members are written elsewhere."""
    ids = [person.id for person in people]
    known = names.find_direct_channel(ids)
    if known is not None and (header is None or header == known.header):
        return known
    if known is not None:
        channel = replace(known, header=header)
        await channel_store.update_channel(ctx.db, channel)
        ctx.invalidate(channel_store.CHANNELS, channel.id)
    else:
        kind = GROUP if len(set(ids)) > 2 else DIRECT
        display_name = ", ".join(sorted(person.username for person in people))[:64] if kind == GROUP else ""
        wanted = ChannelCreate(type=kind, name=direct_channel_name(ids), display_name=display_name, header=header or "")
        channel = replace(new_channel(wanted, "" if kind == GROUP else ids[0]), shared=False)
        await channel_store.insert_channel(ctx.db, channel)
    names.keep_channel(channel)
    return channel


async def save_channels_of_posts(ctx: Context, names: Names, entries: Sequence[Entry]) -> None:
    """Makes the channels of direct posts that no line has made, in a transaction of its own."""
    posts = [(entry.number, entry.line.direct_post) for entry in entries if entry.line.direct_post]
    await names.load_people(ctx, [name for _, post in posts for name in post.channel_members or []])
    await names.load_direct_channels(
        ctx, [[names.person(n).id for n in post.channel_members or []] for _, post in posts]
    )
    async with ctx.transaction():
        for number, post in posts:
            names.line = number
            people = [names.person(name) for name in dict.fromkeys(n.lower() for n in post.channel_members or [])]
            if names.find_direct_channel([person.id for person in people]) is None:
                channel = await _save(ctx, names, people, None)
                members = [new_membership(channel, person) for person in people]
                await enter(ctx, members, {person.id: person for person in people})


def threads_of(names: Names, entries: Sequence[Entry]) -> list[Thread]:
    """Where the direct posts of these lines go; their channels are there."""
    threads = []
    for number, line in entries:
        post = line.direct_post
        if post is None:
            continue
        channel = names.find_direct_channel([names.person(name).id for name in post.channel_members or []])
        assert channel is not None, "made before its posts"
        threads.append(Thread(number, post, post.replies or [], channel.id, "", post.thread_followers))
    return threads
