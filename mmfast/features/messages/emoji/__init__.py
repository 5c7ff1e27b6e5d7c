"""Custom emojis and their pictures. Not reactions with them (`reactions`); standard emojis are `core.system_emojis`."""
