"""Bookmarks over a channel: links and files. They need a licence on the reference; without one the routes say so."""
