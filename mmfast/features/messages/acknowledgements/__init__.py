"""Acknowledging posts that ask for it. Needs a licence that this server does not have yet."""
