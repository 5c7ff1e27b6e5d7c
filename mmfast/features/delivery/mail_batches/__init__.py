"""Messages that wait to be mailed together, where the server batches mails.

A table of our own, made when the first message waits, so that a batch survives a restart. Not here: whom a message is
mailed to and what the mail says (`mention_mails`).
"""
