"""Summaries of unread channels, written by an assistant. Not built yet: they need agents (`admin.agents`)."""
