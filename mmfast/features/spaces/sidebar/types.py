"""Sidebar categories as the wire knows them."""

from typing import Final

from msgspec import Struct

FAVORITES: Final = "favorites"
CHANNELS: Final = "channels"
DIRECT_MESSAGES: Final = "direct_messages"
CUSTOM: Final = "custom"

INITIAL: Final = (
    (FAVORITES, "Favorites", ""),
    (CHANNELS, "Channels", ""),
    (DIRECT_MESSAGES, "Direct Messages", "recent"),
)
"""Type, name and sorting of the categories that everybody has, in order. Clients translate the names."""

STEP: Final = 10
"""The distance between the sort orders of neighbours."""


class Category(Struct):
    """A row of SidebarCategories, in the order of `store.COLUMNS`, and the channels in it."""

    id: str
    user_id: str
    team_id: str
    sort_order: int
    sorting: str
    type: str
    display_name: str
    muted: bool
    collapsed: bool
    channel_ids: list[str] = []


class Categories(Struct):
    """All categories of a user in a team, and their order."""

    categories: list[Category]
    order: list[str]


class CategoryInput(Struct):
    """What a client sends to make or change a category."""

    id: str = ""
    user_id: str = ""
    team_id: str = ""
    sorting: str = ""
    type: str = ""
    display_name: str = ""
    muted: bool = False
    collapsed: bool = False
    channel_ids: list[str] = []


class PlacedChannel(Struct):
    """A channel of the user, and the category it was assigned to; "" where it stands in the one of its kind."""

    id: str
    is_direct: bool
    category_id: str
    is_muted: bool


def initial_categories(user_id: str, team_id: str) -> list[Category]:
    """The three categories that everybody has."""
    return [
        Category(f"{kind}_{user_id}_{team_id}", user_id, team_id, n * STEP, sorting, kind, name, False, False)
        for n, (kind, name, sorting) in enumerate(INITIAL)
    ]
