"""Channels shared with other servers. Sharing needs a licence on the reference; without one the routes say so."""
