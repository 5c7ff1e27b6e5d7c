"""The queue of outgoing mails: it survives a restart, tries again for a while, and sends no mail twice.

A table of our own, made when the first mail is queued, so that the schema stays the reference's until then; another
server on the same database ignores it. Not here: what mails say (`mail_templates`) and what they are sent for.
"""
