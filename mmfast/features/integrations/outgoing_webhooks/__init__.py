"""Outgoing webhooks: which posts are to be told to which addresses. Managing them.

Not here: telling (`outgoing_calls`).
"""
