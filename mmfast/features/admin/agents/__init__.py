"""Assistants: which agents and language models people may use. They come with a plugin, so there are none here."""
