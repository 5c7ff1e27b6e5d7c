"""Tells receivers of the posts that their outgoing webhooks wait for, and posts what they answer.

Not here: the webhooks (`outgoing_webhooks`), and the client that reaches the receivers (`platform.outgoing`).
"""
