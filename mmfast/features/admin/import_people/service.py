"""Makes accounts and bots, or changes those of the same name to what the file says; what it leaves out stays.

Nobody is welcomed, mailed or asked to verify an address: whoever imports answers for them. Who has neither a password
nor a sign-in service gets a password that nobody knows, and can have it reset by mail.
"""

import secrets
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import trio
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.features.admin.import_archives.service import read_all
from mmfast.features.admin.import_archives.types import Archive
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.service import INTERVALS, switch
from mmfast.features.admin.import_lines.types import BotLine, Entry, NotifyPropsLine, UserLine
from mmfast.features.admin.import_memberships.service import save_memberships
from mmfast.features.admin.import_names.service import Names
from mmfast.features.admin.import_names.types import Person
from mmfast.features.identity.bots import store as bot_store
from mmfast.features.identity.bots.types import Bot
from mmfast.features.identity.passwords import service as passwords
from mmfast.features.identity.preferences import store as preferences
from mmfast.features.identity.preferences.service import store_first_preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.identity.profile_images.service import image_path, make_square
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users import store as user_store
from mmfast.features.identity.users.types import Secret, User, UserCreated, UserDraft
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL

_PREFERENCES: Final = (
    ("military_time", "display_settings", "use_military_time"),
    ("use_military_time", "display_settings", "use_military_time"),
    ("collapse_previews", "display_settings", "collapse_previews"),
    ("message_display", "display_settings", "message_display"),
    ("collapse_consecutive", "display_settings", "collapse_consecutive_messages"),
    ("colorize_usernames", "display_settings", "colorize_usernames"),
    ("channel_display_mode", "display_settings", "channel_display_mode"),
    ("name_format", "display_settings", "name_format"),
    ("teammate_name_display", "display_settings", "name_format"),
    ("use_markdown_preview", "advanced_settings", "feature_enabled_markdown_preview"),
    ("use_formatting", "advanced_settings", "formatting"),
    ("send_on_ctrl_enter", "advanced_settings", "send_on_ctrl_enter"),
    ("code_block_ctrl_enter", "advanced_settings", "code_block_ctrl_enter"),
    ("show_join_leave", "advanced_settings", "join_leave"),
    ("show_unread_scroll_position", "advanced_settings", "unread_scroll_position"),
    ("sync_drafts", "advanced_settings", "sync_drafts"),
    ("show_unread_section", "sidebar_settings", "show_unread_section"),
    ("limit_visible_dms_gms", "sidebar_settings", "limit_visible_dms_gms"),
)
"""Fields that are preferences: field, category, name."""

_NOTIFY: Final = (
    ("desktop", "desktop"),
    ("desktop_sound", "desktop_sound"),
    ("email", "email"),
    ("mobile", "push"),
    ("mobile_push_status", "push_status"),
    ("channel", "channel"),
    ("comments", "comments"),
    ("mention_keys", "mention_keys"),
)
"""Notification settings: as the file and as the database call them."""


class Prepared(msgspec.Struct):
    """What takes long and is done before the transaction: hashes and pictures, by the line's number."""

    hashes: dict[int, str] = {}
    images: dict[int, bytes] = {}
    unknown: str = ""
    """The hash of a password that nobody knows."""


async def prepare(ctx: Context, entries: Sequence[Entry], archive: Archive) -> Prepared:
    """Hashes passwords, those not known here yet, and draws squares of pictures."""
    done = Prepared({}, {})
    names = [person.username or "" for _, line in entries if (person := line.user or line.bot)]
    known = {u.username: u for u in await user_store.list_users_by_usernames(ctx.db, [name.lower() for name in names])}

    async def hash_one(number: int, text: str, stored: str) -> None:
        if not stored or not await passwords.verify_in_thread(text, stored):
            done.hashes[number] = await passwords.hash_in_thread(text)

    async with trio.open_nursery() as nursery:
        for number, line in entries:
            user = known.get((line.user.username or "").lower()) if line.user else None
            if line.user and line.user.password:
                nursery.start_soon(hash_one, number, line.user.password, user.password.value if user else "")
    if any(entry.line.bot or not (entry.line.user and entry.line.user.password) for entry in entries):
        done.unknown = await passwords.hash_in_thread(secrets.token_urlsafe(32))
    for number, line in entries:
        path = (line.user.profile_image or line.user.avatar) if line.user else line.bot and line.bot.profile_image
        if path:
            done.images[number] = await _read_image(ctx, path, archive)
    return done


async def _read_image(ctx: Context, path: str, archive: Archive) -> bytes:
    inside = archive.find(path)
    if inside is None:
        raise errors.USER_IMAGE_PATH(path=path)
    data = await trio.to_thread.run_sync(read_all, archive, inside, ctx.config.FileSettings.MaxFileSize)
    try:
        return await make_square(ctx, data)
    except AppError as error:
        raise errors.PROFILE_IMAGE(path=path, detail=str(error)) from None


async def save_people(ctx: Context, names: Names, entries: Sequence[Entry], prepared: Prepared) -> None:
    """Writes lines of users and bots, in the open transaction."""
    await _load(ctx, names, entries)
    wanted = []
    for number, line in entries:
        names.line = number
        if line.user:
            person = await _save_user(ctx, names, line.user, prepared, number)
            wanted.append((person, line.user.teams or []))
        elif line.bot:
            await _save_bot(ctx, names, line.bot, prepared, number)
    await save_memberships(ctx, names, wanted)


async def _load(ctx: Context, names: Names, entries: Sequence[Entry]) -> None:
    people = [line.user or line.bot for _, line in entries]
    await names.load_people(ctx, [person.username or "" for person in people if person])
    await names.load_people(ctx, [line.bot.owner or "" for _, line in entries if line.bot])
    teams = [team for _, line in entries if line.user for team in line.user.teams or []]
    await names.load_teams(ctx, [team.name or "" for team in teams])
    await names.load_channels(
        ctx,
        [(team.name or "", channel.name or "") for team in teams for channel in team.channels or []]
        + [(team.name or "", DEFAULT_CHANNEL) for team in teams],
    )


async def _save_user(ctx: Context, names: Names, line: UserLine, prepared: Prepared, number: int) -> Person:
    known = names.find_person(line.username or "")
    before = await user_store.find_user(ctx.db, known.id) if known else None
    user = replace(before, update_at=now_ms(), encoded={}) if before else _new_user(ctx, line)
    _take_profile(user, line)
    hashed = prepared.hashes.get(number, "" if before else prepared.unknown)
    if line.auth_service:
        user.auth_service, user.auth_data, user.password = line.auth_service, line.auth_data, Secret("")
    elif hashed:
        user.password, user.auth_service, user.auth_data = Secret(hashed), "", None
    users.require_valid(user)
    if before is None:
        await user_store.insert_user(ctx.db, user)
        await store_first_preferences(ctx, UserCreated(user, None, by_admin=True, wants_welcome=False))
    else:
        await user_store.update_profile(ctx.db, user)
        await _update_login(ctx, before, user)
    if user.delete_at:
        await user_store.update_delete_at(ctx.db, user.id, user.delete_at, user.update_at)
    await _save_image(ctx, user.id, prepared, number)
    await preferences.save(ctx.db, _preferences_of(user.id, line, names))
    users.forget_user(ctx, user.id)
    person = Person(user.id, user.username, user.roles, user.create_at, new=known is None or known.new)
    names.keep_person(person)
    return person


def _new_user(ctx: Context, line: UserLine) -> User:
    draft = UserDraft(username=line.username or "", email=line.email or "", email_verified=True)
    return replace(users.account_of(ctx, draft), remote_id=None)


def _take_profile(user: User, line: UserLine) -> None:
    for name in ("nickname", "first_name", "last_name", "position", "locale", "timezone", "delete_at"):
        value = getattr(line, name)
        if value is not None and (value or name != "locale"):
            setattr(user, name, value)
    user.email = (line.email or user.email).strip().lower()
    user.roles = line.roles or user.roles
    user.notify_props = user.notify_props | _notify_props_of(line.notify_props)
    if line.custom_status is not None and (line.custom_status.emoji or line.custom_status.text):
        user.props = user.props | {"customStatus": msgspec.json.encode(line.custom_status).decode()}


def _notify_props_of(line: NotifyPropsLine | None) -> dict[str, str]:
    given = {stored: getattr(line, field, None) for field, stored in _NOTIFY}
    return {name: value for name, value in given.items() if value is not None}


async def _update_login(ctx: Context, before: User, user: User) -> None:
    if user.roles != before.roles:
        await user_store.update_roles(ctx.db, user.id, user.roles, user.update_at)
    if (user.auth_service, user.auth_data) != (before.auth_service, before.auth_data) and user.auth_service:
        await user_store.update_auth(ctx.db, user.id, user.auth_service, user.auth_data, user.update_at)
    elif user.password.value != before.password.value:
        await user_store.update_password(ctx.db, user.id, user.password.value, user.update_at)
    if before.delete_at and not user.delete_at:
        await user_store.update_delete_at(ctx.db, user.id, 0, user.update_at)


async def _save_image(ctx: Context, user_id: str, prepared: Prepared, number: int) -> None:
    image = prepared.images.get(number)
    if image is not None:
        await ctx.app.files.write(image_path(user_id), image)
        await user_store.update_picture_time(ctx.db, user_id, now_ms(), now_ms())


def _preferences_of(user_id: str, line: UserLine, names: Names) -> list[Preference]:
    found = []
    for field, category, name in _PREFERENCES:
        value: Any = getattr(line, field)
        if value is not None:
            found.append(Preference(user_id, category, name, switch(value) if isinstance(value, bool) else value))
    if line.theme:
        found.append(Preference(user_id, "theme", "", line.theme))
    if line.tutorial_step:
        found.append(Preference(user_id, "tutorial_step", user_id, line.tutorial_step))
    if line.email_interval:
        found.append(Preference(user_id, "notifications", "email_interval", INTERVALS[line.email_interval]))
    themed = [team for team in line.teams or [] if team.theme]
    return found + [Preference(user_id, "theme", names.team(t.name or "").id, t.theme or "") for t in themed]


async def _save_bot(ctx: Context, names: Names, line: BotLine, prepared: Prepared, number: int) -> None:
    known = names.find_person(line.username or "")
    owner = names.find_person(line.owner or "")
    owner_id = owner.id if owner else line.owner or ""
    now = now_ms()
    bot = await bot_store.find(ctx.db, known.id) if known else None
    if known is None:
        name = (line.username or "").lower()
        draft = UserDraft(username=name, email=f"{name}@localhost", first_name=line.display_name or "")
        user = users.account_of(ctx, draft)
        user.remote_id, user.password = None, Secret(prepared.unknown)
        users.require_valid(user)
        await user_store.insert_user(ctx.db, user)
        known = Person(user.id, user.username, user.roles, user.create_at, new=True)
        names.keep_person(known)
    elif line.display_name is not None and (before := await user_store.find_user(ctx.db, known.id)):
        await user_store.update_profile(ctx.db, replace(before, first_name=line.display_name, encoded={}))
    shown = bot.display_name if bot else line.display_name or ""
    description = line.description if line.description is not None else bot.description if bot else ""
    after = Bot(
        user_id=known.id,
        create_at=bot.create_at if bot else now,
        update_at=now,
        delete_at=line.delete_at if line.delete_at is not None else bot.delete_at if bot else 0,
        username=known.username,
        owner_id=owner_id,
        display_name=shown,
        description=description,
    )
    await (bot_store.update if bot else bot_store.insert)(ctx.db, after)
    if line.delete_at is not None:
        await user_store.update_delete_at(ctx.db, known.id, line.delete_at, now)
    await _save_image(ctx, known.id, prepared, number)
    users.forget_user(ctx, known.id)
