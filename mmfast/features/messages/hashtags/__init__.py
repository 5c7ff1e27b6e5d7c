"""Hashtags: which words of a message are tags. Not the search by them (`search`)."""
