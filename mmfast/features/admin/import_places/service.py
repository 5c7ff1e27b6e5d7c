"""Makes roles, schemes, emojis, teams and channels, or changes those that are there to what the file says.

What a line does not mention stays. A new team gets its default channels, as any other; nobody is told of anything, as
nobody can have been there.
"""

from collections.abc import Sequence

import trio
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.ids import new_id
from mmfast.features.admin.import_archives.service import read_all
from mmfast.features.admin.import_archives.types import Archive
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.service import roles_of
from mmfast.features.admin.import_lines.types import ChannelLine, EmojiLine, Entry, RoleLine, SchemeLine, TeamLine
from mmfast.features.admin.import_names.service import Names
from mmfast.features.admin.import_places import store
from mmfast.features.identity.roles.types import Role
from mmfast.features.messages.emoji import service as emojis
from mmfast.features.messages.emoji import store as emoji_store
from mmfast.features.messages.emoji.types import Emoji
from mmfast.features.spaces.channels import service as channels
from mmfast.features.spaces.channels import store as channel_store
from mmfast.features.spaces.channels.types import ChannelCreate
from mmfast.features.spaces.schemes.types import Scheme
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams import store as team_store
from mmfast.features.spaces.teams.events import TEAM_CREATED, TeamCreatedNews
from mmfast.features.spaces.teams.types import Team, without_icon_time


async def save_places(ctx: Context, names: Names, entries: Sequence[Entry], archive: Archive) -> None:
    """Writes lines of these kinds, in the open transaction."""
    for number, line in entries:
        names.line = number
        if line.role:
            await _save_role(ctx, line.role, managed=bool(line.role.scheme_managed))
        elif line.scheme:
            await _save_scheme(ctx, names, line.scheme)
        elif line.emoji:
            await _save_emoji(ctx, line.emoji, archive)
        elif line.team:
            await _save_team(ctx, names, line.team)
        elif line.channel:
            await _save_channel(ctx, names, line.channel)


async def _save_role(ctx: Context, line: RoleLine, *, managed: bool) -> str:
    now = now_ms()
    name = line.name or ""
    texts = line.display_name or name, line.description or ""
    await store.save_role(
        ctx.db, Role(new_id(), name, *texts, now, now, 0, line.permissions or [], managed, False, None)
    )
    return name


async def _save_scheme(ctx: Context, names: Names, line: SchemeLine) -> None:
    name, now = line.name or "", now_ms()
    await names.load_schemes(ctx, [name])
    known = names.find_scheme(name)
    if known is not None and known.scope != line.scope:
        raise errors.SCHEME_SCOPE_CHANGE()
    roles = {field: await _save_role(ctx, role, managed=True) for field, role in roles_of(line).items()}
    scheme = Scheme(
        id=known.id if known else new_id(),
        name=name,
        display_name=line.display_name or name,
        description=line.description or (known.description if known else ""),
        create_at=known.create_at if known else now,
        update_at=now,
        delete_at=0,
        scope=line.scope or "",
        default_team_admin_role=roles.get("default_team_admin_role", ""),
        default_team_user_role=roles.get("default_team_user_role", ""),
        default_channel_admin_role=roles.get("default_channel_admin_role", ""),
        default_channel_user_role=roles.get("default_channel_user_role", ""),
        default_team_guest_role=roles.get("default_team_guest_role", ""),
        default_channel_guest_role=roles.get("default_channel_guest_role", ""),
        default_playbook_admin_role="",
        default_playbook_member_role="",
        default_run_admin_role="",
        default_run_member_role="",
    )
    await store.save_scheme(ctx.db, scheme)
    names.keep_scheme(scheme)


async def _find_scheme_id(ctx: Context, names: Names, name: str | None) -> str | None:
    if not name:
        return None
    await names.load_schemes(ctx, [name])
    scheme = names.find_scheme(name)
    if scheme is None or scheme.delete_at:
        raise errors.SCHEME_DELETED_OF_TEAM(scheme=name)
    return scheme.id


async def _save_emoji(ctx: Context, line: EmojiLine, archive: Archive) -> None:
    """An emoji of the name that is there keeps its id and gets the picture of the file."""
    name, path = line.name or "", line.image or ""
    inside = archive.find(path)
    if inside is None:
        raise errors.EMOJI_IMAGE_PATH(path=path)
    try:
        picture = await trio.to_thread.run_sync(read_all, archive, inside, emojis.MAX_BYTES)
        fitting = await trio.to_thread.run_sync(emojis.fit, picture)
    except AppError as error:
        raise errors.EMOJI_BAD_FILE(path=path, detail=str(error)) from None
    known = await emoji_store.list_by_names(ctx.db, [name])
    emoji = known[0] if known else Emoji(new_id(), now_ms(), now_ms(), 0, "", name)
    await ctx.app.files.write(emojis.image_path(emoji.id), fitting)
    if not known:
        await emoji_store.insert(ctx.db, emoji)
    ctx.invalidate(emojis.EMOJIS, name)


async def _save_team(ctx: Context, names: Names, line: TeamLine) -> None:
    name = line.name or ""
    scheme_id = await _find_scheme_id(ctx, names, line.scheme)
    await names.load_teams(ctx, [name])
    known = names.find_team(name)
    team = replace(known, update_at=now_ms()) if known else _new_team(name)
    team.display_name = (line.display_name or "").strip() or team.display_name
    team.type = line.type or team.type
    team.scheme_id = scheme_id or team.scheme_id
    if line.description is not None:
        team.description = line.description
    if line.allow_open_invite is not None:
        team.allow_open_invite = line.allow_open_invite
    teams.require_valid(team)
    if known is None:
        await team_store.insert_team(ctx.db, team)
        await TEAM_CREATED.run(ctx, TeamCreatedNews(team))
    else:
        await team_store.update_team(ctx.db, team)
        if scheme_id and scheme_id != known.scheme_id:
            await store.set_team_scheme(ctx.db, team.id, scheme_id)
        ctx.invalidate(teams.TEAMS, team.id)
        teams.announce_updated(ctx, team)
    names.keep_team(team)


def _new_team(name: str) -> Team:
    now = now_ms()
    return without_icon_time(
        Team(new_id(), now, now, 0, name, name, "", "", "O", "", "", new_id(), None, False, 0, None, False)
    )


async def _save_channel(ctx: Context, names: Names, line: ChannelLine) -> None:
    name = (line.name or "").lower()
    scheme_id = await _find_scheme_id(ctx, names, line.scheme)
    await names.load_teams(ctx, [line.team or ""])
    team = names.find_team(line.team or "")
    if team is None:
        raise errors.TEAM_NOT_FOUND(team=line.team)
    await names.load_channels(ctx, [(team.name, name)])
    known = names.find_channel(team.id, name)
    wanted = ChannelCreate(team_id=team.id, type=line.type or "O", name=name, display_name=line.display_name or name)
    channel = replace(known, update_at=now_ms()) if known else channels.new_channel(wanted, "")
    channel.display_name = (line.display_name or "").strip() or channel.display_name
    channel.type = line.type or channel.type
    channel.scheme_id = scheme_id or channel.scheme_id
    if line.header is not None:
        channel.header = line.header
    if line.purpose is not None:
        channel.purpose = line.purpose
    if line.deleted_at is not None:
        channel.delete_at = line.deleted_at
    channels.require_valid(channel)
    if known is None:
        await channel_store.insert_channel(ctx.db, channel)
    if known is not None or channel.delete_at:
        await channel_store.update_channel(ctx.db, channel)
        ctx.invalidate(channel_store.CHANNELS, channel.id)
    names.keep_channel(channel)
