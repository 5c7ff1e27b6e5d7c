"""What a channel hears of reactions."""

from mmfast.realtime.event import Document, Event


class ReactionAdded(Event, name="reaction_added", in_view=True):
    """Somebody reacted, perhaps again."""

    reaction: Document


class ReactionRemoved(Event, name="reaction_removed", in_view=True):
    """Somebody took a reaction back."""

    reaction: Document
