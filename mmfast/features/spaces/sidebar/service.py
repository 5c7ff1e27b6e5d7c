"""Keeps the categories of the sidebar: their order, their channels, and what follows from muting one."""

from mmfast.api.context import Context
from mmfast.core.ids import new_id
from mmfast.features.identity.preferences import store as preferences
from mmfast.features.identity.preferences.service import CHANGED
from mmfast.features.identity.preferences.types import Preference, PreferencesChange
from mmfast.features.spaces.channel_members.service import update_notify_props
from mmfast.features.spaces.sidebar import store
from mmfast.features.spaces.sidebar.errors import CATEGORY_INVALID
from mmfast.features.spaces.sidebar.events import (
    SidebarCategoryCreated,
    SidebarCategoryDeleted,
    SidebarCategoryOrderUpdated,
    SidebarCategoryUpdated,
)
from mmfast.features.spaces.sidebar.types import (
    CHANNELS,
    CUSTOM,
    DIRECT_MESSAGES,
    FAVORITES,
    STEP,
    Categories,
    Category,
    CategoryInput,
    PlacedChannel,
    initial_categories,
)
from mmfast.features.spaces.teams.service import is_member

MAX_NAME = 64
FAVORITE_PREFERENCE = "favorite_channel"
"""The category of the preferences by which older clients keep favourites."""


async def _ensure_initial(ctx: Context, user_id: str, team_id: str) -> list[Category]:
    """The user's categories; the first three are made when they are first asked for by a member of the team."""
    found = await store.list_categories(ctx.db, user_id, team_id)
    if found:
        return found
    initial = initial_categories(user_id, team_id)
    if await is_member(ctx, team_id, user_id):
        async with ctx.transaction() as db:
            await store.insert_categories(db, initial)
            placed = await store.list_placed_channels(db, user_id, team_id, [])
            preferred = await preferences.list_of_category(db, user_id, FAVORITE_PREFERENCE)
            favorites = {p.name for p in preferred if p.value == "true"} & {channel.id for channel in placed}
            await store.place_channels(db, user_id, team_id, initial[0].id, sorted(favorites))
    return initial


async def _load(ctx: Context, user_id: str, team_id: str) -> tuple[list[Category], list[PlacedChannel]]:
    categories = await _ensure_initial(ctx, user_id, team_id)
    placed = await store.list_placed_channels(ctx.db, user_id, team_id, [category.id for category in categories])
    by_id = {category.id: category for category in categories}
    by_kind = {category.type: category for category in categories}
    for category in categories:
        category.channel_ids = []
    for channel in placed:
        home = by_id.get(channel.category_id) or by_kind.get(DIRECT_MESSAGES if channel.is_direct else CHANNELS)
        if home is not None:
            home.channel_ids.append(channel.id)
    return categories, placed


async def get_categories(ctx: Context, user_id: str, team_id: str) -> Categories:
    """All categories of a user in a team with their channels."""
    categories, _ = await _load(ctx, user_id, team_id)
    return Categories(categories, [category.id for category in categories])


async def find_category(ctx: Context, user_id: str, team_id: str, category_id: str) -> Category | None:
    """One category with its channels, or None."""
    categories, _ = await _load(ctx, user_id, team_id)
    return next((category for category in categories if category.id == category_id), None)


def _fitting(channel_ids: list[str], category: Category, placed: list[PlacedChannel]) -> list[str]:
    """Those of the channels, each once, that the user is in and that may stand in a category of this type."""
    unwanted = {CHANNELS: True, DIRECT_MESSAGES: False}.get(category.type)
    allowed = {channel.id for channel in placed if channel.is_direct is not unwanted}
    return [channel_id for channel_id in dict.fromkeys(channel_ids) if channel_id in allowed]


async def create_category(ctx: Context, user_id: str, team_id: str, wanted: CategoryInput) -> Category:
    """Makes a category, first in the sidebar or right after the favourites if they are first."""
    if len(wanted.display_name) > MAX_NAME:
        raise CATEGORY_INVALID(detail="the name is too long")
    async with ctx.transaction() as db:
        categories, placed = await _load(ctx, user_id, team_id)
        category = Category(
            new_id(), user_id, team_id, 0, wanted.sorting, CUSTOM, wanted.display_name, wanted.muted, False
        )
        category.channel_ids = _fitting(wanted.channel_ids, category, placed)
        place = 1 if categories[0].type == FAVORITES else 0
        categories.insert(place, category)
        category.sort_order = place * STEP
        await store.insert_categories(db, [category])
        await store.update_order(db, user_id, [other.id for other in categories], STEP)
        await store.place_channels(db, user_id, team_id, category.id, category.channel_ids)
        ctx.announce(SidebarCategoryCreated(category_id=category.id).to(user_id=user_id, team_id=team_id))
    return category


async def update_categories(ctx: Context, user_id: str, team_id: str, wanted: list[CategoryInput]) -> list[Category]:
    """Changes categories, all of which the user has. Only those that the user made can be renamed."""
    async with ctx.transaction() as db:
        categories, placed = await _load(ctx, user_id, team_id)
        by_id = {category.id: category for category in categories}
        was_muted = {channel_id: c.muted for c in categories for channel_id in c.channel_ids}
        favorites = {channel_id for c in categories if c.type == FAVORITES for channel_id in c.channel_ids}
        changed = []
        for item in wanted:
            category = by_id[item.id]
            if category.type == CUSTOM:
                category.display_name = item.display_name[:MAX_NAME]
            category.muted = item.muted
            category.collapsed = item.collapsed
            category.sorting = item.sorting
            category.channel_ids = _fitting(item.channel_ids, category, placed)
            await store.update_category(db, category)
            await store.place_channels(db, user_id, team_id, category.id, category.channel_ids)
            changed.append(category)
        await _sync_favorites(ctx, user_id, favorites, changed)
        ctx.announce(SidebarCategoryUpdated(updatedCategories=changed).to(user_id=user_id, team_id=team_id))
        for category in changed:
            for channel_id in category.channel_ids:
                if was_muted.get(channel_id, False) != category.muted:
                    props = {"mark_unread": "mention" if category.muted else "all"}
                    await update_notify_props(ctx, channel_id, user_id, props)
    return changed


async def _sync_favorites(ctx: Context, user_id: str, before: set[str], changed: list[Category]) -> None:
    added: set[str] = set()
    removed: set[str] = set()
    for category in changed:
        if category.type == FAVORITES:
            added |= set(category.channel_ids) - before
            removed |= before - set(category.channel_ids)
        else:
            removed |= before & set(category.channel_ids)
    if added:
        await preferences.save(ctx.db, [_favorite(user_id, channel_id) for channel_id in sorted(added)])
    if removed - added:
        await preferences.delete(ctx.db, user_id, [_favorite(user_id, channel_id) for channel_id in removed - added])


def _favorite(user_id: str, channel_id: str) -> Preference:
    return Preference(user_id, FAVORITE_PREFERENCE, channel_id, "true")


async def update_order(ctx: Context, user_id: str, team_id: str, order: list[str]) -> None:
    """Puts the categories, all of which must be named once, into this order."""
    async with ctx.transaction() as db:
        present = [category.id for category in await _ensure_initial(ctx, user_id, team_id)]
        if sorted(present) != sorted(order):
            raise CATEGORY_INVALID(detail="not every category is named once")
        await store.update_order(db, user_id, order, STEP)
        ctx.announce(SidebarCategoryOrderUpdated(order=order).to(user_id=user_id, team_id=team_id))


async def delete_category(ctx: Context, category: Category) -> None:
    """Deletes a category that the user made."""
    if category.type != CUSTOM:
        raise CATEGORY_INVALID(detail="this category cannot be deleted")
    async with ctx.transaction() as db:
        await store.delete_category(db, category.id)
        deleted = SidebarCategoryDeleted(category_id=category.id)
        ctx.announce(deleted.to(user_id=category.user_id, team_id=category.team_id))


@CHANGED.register
async def follow_preferences(ctx: Context, change: PreferencesChange) -> None:
    """Older clients keep favourites in the preferences; any change of preferences may change the sidebar."""
    favorites = [p for p in change.preferences if p.category == FAVORITE_PREFERENCE]
    added = [p.name for p in favorites if p.value == "true" and not change.deleted]
    removed = [p.name for p in favorites if p.value != "true" or change.deleted]
    if added:
        await store.add_favorites(ctx.db, change.user_id, added)
    if removed:
        await store.remove_favorites(ctx.db, change.user_id, removed)
    ctx.announce(SidebarCategoryUpdated().to(user_id=change.user_id))
