"""Verifying email addresses: a link that comes by mail.

The mails are sent by whoever registers with the hook. Not here: what an unverified account
may not do (`login`), and the word of an administrator (`users`).
"""
