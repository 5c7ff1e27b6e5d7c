"""Reactions to posts with emojis. Not the emojis themselves (`emoji`)."""
