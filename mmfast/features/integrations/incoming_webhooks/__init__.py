"""Incoming webhooks: addresses at which programs post without an account. Managing them, and taking what is sent there.

Not here: how a message becomes a post (`webhook_posts`).
"""
