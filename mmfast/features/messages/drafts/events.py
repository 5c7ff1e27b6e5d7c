"""What a user's other clients hear of drafts. Each event goes to all clients but the one that caused it."""

from mmfast.realtime.event import Document, Event


class DraftCreated(Event, name="draft_created"):
    """A draft was kept, a new one or in place of an older one."""

    draft: Document


class DraftDeleted(Event, name="draft_deleted"):
    """A draft is gone."""

    draft: Document
