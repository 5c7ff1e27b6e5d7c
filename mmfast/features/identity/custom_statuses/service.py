"""Sets and clears custom statuses and remembers the recent ones."""

from typing import Final

import msgspec
from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.hooks import Hook
from mmfast.features.identity.custom_statuses import errors
from mmfast.features.identity.custom_statuses.types import DATE_AND_TIME, CustomStatus
from mmfast.features.identity.preferences import service as preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import UserPatch

EMOJI_CHOSEN: Final[Hook[str]] = Hook("custom_status_emoji_chosen")
"""Run with the emoji's name before it is set: whoever knows the emoji raises EMOJI_NOT_FOUND."""

PROPERTY: Final = "customStatus"
CATEGORY: Final = "custom_status"
RECENT: Final = "recent_custom_statuses"
MAX_RECENT: Final = 5
MAX_TEXT: Final = 100


def completed(status: CustomStatus) -> CustomStatus:
    """The status as it is kept: trimmed, the text cut to its limit, and an end without a duration given one."""
    duration = status.duration or (DATE_AND_TIME if status.ends_in_future() else "")
    return replace(status, emoji=status.emoji.strip(), text=status.text[:MAX_TEXT], duration=duration)


async def set_custom_status(ctx: Context, user_id: str, status: CustomStatus) -> None:
    """Sets the status and puts it first among the recent ones."""
    if status.emoji:
        await EMOJI_CHOSEN.run(ctx, status.emoji)
    async with ctx.transaction():
        await _set_property(ctx, user_id, msgspec.json.encode(status).decode())
        recent = [status, *(s for s in await _list_recent(ctx, user_id) if s.text != status.text)]
        await _save_recent(ctx, user_id, recent[:MAX_RECENT])


async def clear_custom_status(ctx: Context, user_id: str) -> None:
    """Takes the status away; the recent ones stay."""
    await _set_property(ctx, user_id, "")


async def remove_recent(ctx: Context, user_id: str, status: CustomStatus) -> None:
    """Forgets one of the recent statuses."""
    await preferences.get_preference(ctx, user_id, CATEGORY, RECENT)
    recent = await _list_recent(ctx, user_id)
    if status not in recent:
        raise errors.NOT_RECENT()
    await _save_recent(ctx, user_id, [s for s in recent if s != status])


async def _set_property(ctx: Context, user_id: str, value: str) -> None:
    user = await users.get_user(ctx, user_id)
    await users.patch_user(ctx, user, UserPatch(props={**user.props, PROPERTY: value}))


async def _list_recent(ctx: Context, user_id: str) -> list[CustomStatus]:
    stored = await preferences.find_preference(ctx, user_id, CATEGORY, RECENT)
    return msgspec.json.decode(stored.value, type=list[CustomStatus]) if stored is not None else []


async def _save_recent(ctx: Context, user_id: str, recent: list[CustomStatus]) -> None:
    value = msgspec.json.encode(recent).decode()
    await preferences.save_preferences(ctx, user_id, [Preference(user_id, CATEGORY, RECENT, value)])
