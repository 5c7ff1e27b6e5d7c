"""Pinned posts of a channel."""
