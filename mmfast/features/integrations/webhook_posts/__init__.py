"""A post that a program makes through a webhook: in a user's name, under a name and a picture of its own.

Not here: the webhooks themselves, and who may use them (`incoming_webhooks`, `outgoing_calls`).
"""
