"""Mails about accounts: welcome, verification, forgotten passwords, invitations, and changes somebody should know of.

They are sent whether or not mails about messages are switched on. Not here: what the links in them do (the features
that make the tokens), and mails about messages.
"""
