"""Slack's way of writing messages and attachments, turned into ours, for programs that were made for Slack.

Not here: who sends such a message and what becomes of it.
"""
