"""What a user's other clients hear of sidebar categories."""

from msgspec import UNSET, UnsetType

from mmfast.realtime.event import Document, Event


class SidebarCategoryCreated(Event, name="sidebar_category_created"):
    category_id: str


class SidebarCategoryUpdated(Event, name="sidebar_category_updated"):
    """Without categories it tells clients to read them again."""

    updatedCategories: Document | UnsetType = UNSET  # noqa: N815  # the key on the wire


class SidebarCategoryDeleted(Event, name="sidebar_category_deleted"):
    category_id: str


class SidebarCategoryOrderUpdated(Event, name="sidebar_category_order_updated"):
    order: list[str]
