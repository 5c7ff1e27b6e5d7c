"""Ephemeral posts: shown to one user in a channel, and kept nowhere."""
