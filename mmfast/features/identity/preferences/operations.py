"""The operations on preferences."""

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.identity.preferences import service
from mmfast.features.identity.preferences.guards import may_edit_preferences
from mmfast.features.identity.preferences.types import Preference

MAX_ROWS = 100
_NONE = msgspec.Raw(b"null")


@operation("GetPreferences", "GET /users/{user_id}/preferences", guard=may_edit_preferences)
async def get_preferences(ctx: Context, user_id: str) -> list[Preference] | msgspec.Raw:
    """All of a user's preferences."""
    return await service.list_preferences(ctx, user_id) or _NONE


@operation("GetPreferencesByCategory", "GET /users/{user_id}/preferences/{category}", guard=may_edit_preferences)
async def get_preferences_by_category(ctx: Context, user_id: str, category: str) -> list[Preference]:
    """A user's preferences of one category."""
    return await service.get_category(ctx, user_id, category)


@operation(
    "GetPreferencesByCategoryByName",
    "GET /users/{user_id}/preferences/{category}/name/{preference_name}",
    guard=may_edit_preferences,
)
async def get_preference(ctx: Context, user_id: str, category: str, preference_name: str) -> Preference:
    """One preference."""
    return await service.get_preference(ctx, user_id, category, preference_name)


@operation(
    "UpdatePreferences", "PUT /users/{user_id}/preferences", guard=may_edit_preferences, body_error=INVALID_BODY_PARAM
)
async def update_preferences(ctx: Context, user_id: str, body: list[Preference]) -> None:
    """Stores up to a hundred preferences."""
    _require_some(body)
    await service.save_preferences(ctx, user_id, body)


@operation(
    "DeletePreferences",
    "POST /users/{user_id}/preferences/delete",
    guard=may_edit_preferences,
    body_error=INVALID_BODY_PARAM,
)
async def delete_preferences(ctx: Context, user_id: str, body: list[Preference]) -> None:
    """Deletes up to a hundred preferences."""
    _require_some(body)
    await service.delete_preferences(ctx, user_id, body)


def _require_some(preferences: list[Preference]) -> None:
    if not 0 < len(preferences) <= MAX_ROWS:
        raise INVALID_BODY_PARAM(name="preferences")
