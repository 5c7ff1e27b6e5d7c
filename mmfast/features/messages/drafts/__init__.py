"""Drafts: what a user has begun to write, kept so that all their clients show it. Not posts (`posts`)."""
