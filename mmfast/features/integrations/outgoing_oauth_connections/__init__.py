"""Credentials with which the server signs in elsewhere for commands and webhooks. Not built yet."""
