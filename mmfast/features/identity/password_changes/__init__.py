"""Changing a password: one's own, another's, and a forgotten one by a link that came by mail.

Not here: hashing and the rules for passwords (`passwords`). The mails are sent by whoever registers with the hooks.
"""
