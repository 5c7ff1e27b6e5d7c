"""What everybody hears of custom emojis."""

from mmfast.realtime.event import Document, Event


class EmojiAdded(Event, name="emoji_added"):
    """There is a new emoji."""

    emoji: Document
