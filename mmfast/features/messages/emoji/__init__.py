"""Custom emojis. Not reactions with them (`reactions`)."""
