"""Calls to integrations that a user waits for: commands, buttons, dialogs. One way to make them all.

Not here: what is sent and what the answers mean, and outgoing webhooks, which nobody waits for (`outgoing_calls`).
"""
