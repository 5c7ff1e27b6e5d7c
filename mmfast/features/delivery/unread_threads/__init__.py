"""Unread threads: reading a thread up to a time, marking it unread from a post on, reading all of them."""
