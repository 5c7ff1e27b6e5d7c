"""Stores, reads and deletes preferences, and tells the user's other clients.

Everything a request brings is checked before anything is stored: one bad row refuses all.
"""

import json
import re
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.hooks import Hook
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.preferences import errors, store
from mmfast.features.identity.preferences.events import PreferenceChanged, PreferencesChanged, PreferencesDeleted
from mmfast.features.identity.preferences.types import Preference, PreferencesChange
from mmfast.features.identity.users.service import USER_CREATED
from mmfast.features.identity.users.types import UserCreated

BEFORE_STORED: Final[Hook[PreferencesChange]] = Hook("preferences_before_stored")
"""Run first of all: whoever knows what a preference names refuses what the user may not name."""
CHANGED: Final[Hook[PreferencesChange]] = Hook("preferences_changed")
"""Run after storing or deleting, in the same transaction."""

MAX_CATEGORY: Final = 32
MAX_NAME: Final = 32
MAX_VALUE: Final = 20_000
THEME: Final = "theme"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?")
_NO_COLOURS: Final = frozenset({"image", "type", "codeTheme"})


async def list_preferences(ctx: Context, user_id: str) -> list[Preference]:
    """All of a user's preferences."""
    return await store.list_of_user(ctx.db, user_id)


async def get_category(ctx: Context, user_id: str, category: str) -> list[Preference]:
    """A category's preferences; an empty one is an error."""
    found = await store.list_of_category(ctx.db, user_id, category)
    if not found:
        raise errors.NO_CATEGORY()
    return found


async def find_preference(ctx: Context, user_id: str, category: str, name: str) -> Preference | None:
    """One preference, or None."""
    return await store.find(ctx.db, user_id, category, name)


async def get_preference(ctx: Context, user_id: str, category: str, name: str) -> Preference:
    """One preference."""
    found = await find_preference(ctx, user_id, category, name)
    if found is None:
        raise errors.NO_PREFERENCE()
    return found


async def find_value(ctx: Context, user_id: str, category: str, name: str) -> str:
    """The value of one preference, "" if it is not set."""
    found = await store.find(ctx.db, user_id, category, name)
    return found.value if found is not None else ""


async def find_values(ctx: Context, user_ids: list[str], category: str, name: str) -> dict[str, str]:
    """As `find_value`, of many users; those who have not set it are left out."""
    return await store.list_values(ctx.db, user_ids, category, name)


async def save_preferences(ctx: Context, user_id: str, preferences: list[Preference]) -> None:
    """Stores the preferences of one user."""
    if any(p.user_id != user_id for p in preferences):
        raise errors.NOT_OWN()
    change = PreferencesChange(user_id, preferences)
    await BEFORE_STORED.run(ctx, change)
    for preference in preferences:
        require_valid(preference)
    told = msgspec.json.encode(preferences)  # as they were sent: the clients hold them so already
    stored = [_with_checked_theme(p) for p in preferences]
    async with ctx.transaction() as tx:
        await store.save(tx, stored)
        ctx.announce(PreferencesChanged(told).to(user_id=user_id))
        await CHANGED.run(ctx, change)


async def save_preference(ctx: Context, preference: Preference) -> None:
    """Stores one preference that no client has set, and tells its user's clients of it."""
    require_valid(preference)
    await store.save(ctx.db, [preference])
    ctx.announce(PreferenceChanged(msgspec.json.encode(preference)).to(user_id=preference.user_id))


async def delete_preferences(ctx: Context, user_id: str, preferences: list[Preference]) -> None:
    """Deletes preferences; those that are not there count as deleted."""
    if any(p.user_id != user_id for p in preferences):
        raise errors.NOT_OWN_TO_DELETE()
    async with ctx.transaction() as tx:
        await store.delete(tx, user_id, preferences)
        ctx.announce(PreferencesDeleted(msgspec.json.encode(preferences)).to(user_id=user_id))
        await CHANGED.run(ctx, PreferencesChange(user_id, preferences, deleted=True))


def require_valid(preference: Preference) -> None:
    """Refuses a preference that is too long or out of range."""
    if not is_valid_id(preference.user_id):
        raise errors.INVALID_USER()
    if not 0 < len(preference.category) <= MAX_CATEGORY:
        raise errors.INVALID_CATEGORY()
    if len(preference.name) > MAX_NAME:
        raise errors.INVALID_NAME()
    if len(preference.value) > MAX_VALUE:
        raise errors.INVALID_VALUE()
    if (preference.category, preference.name) == ("sidebar_settings", "limit_visible_dms_gms") and not (
        preference.value.isascii() and preference.value.isdecimal() and 1 <= int(preference.value) <= 40
    ):
        raise errors.INVALID_DM_LIMIT()


def _with_checked_theme(preference: Preference) -> Preference:
    """A theme with white in the place of whatever is no colour: clients put these values into style sheets."""
    if preference.category != THEME:
        return preference
    try:
        theme = msgspec.json.decode(preference.value, type=dict[str, str])
    except msgspec.DecodeError:
        return msgspec.structs.replace(preference, value="null")
    checked = {k: v if k in _NO_COLOURS or _COLOUR.fullmatch(v) else "#ffffff" for k, v in theme.items()}
    return msgspec.structs.replace(preference, value=json.dumps(checked, ensure_ascii=False, separators=(",", ":")))


@USER_CREATED.register
async def store_first_preferences(ctx: Context, news: UserCreated) -> None:
    """What a new account begins with: the tutorial at its start, and the notice on direct messages as seen."""
    user_id = news.user.id
    first = [
        Preference(user_id, "recommended_next_steps", "hide", "false"),
        Preference(user_id, "tutorial_step", user_id, "0"),
        Preference(user_id, "system_notice", "GMasDM", "true"),
    ]
    await store.save(ctx.db, first)
