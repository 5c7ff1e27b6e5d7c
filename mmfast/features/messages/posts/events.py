"""What a channel hears of changes to its posts. New posts are announced by the delivery domain."""

from msgspec import UNSET, UnsetType

from mmfast.realtime.event import Document, Event


class PostEdited(Event, name="post_edited"):
    """A post as it is after a change."""

    post: Document


class PostDeleted(Event, name="post_deleted"):
    """A post as it was. Administrators are also told who deleted it."""

    post: Document
    delete_by: str | UnsetType = UNSET
