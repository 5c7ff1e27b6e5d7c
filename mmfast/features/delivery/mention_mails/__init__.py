"""Mails about messages, to those whom a message mentions, or who follow its thread, while they are away or offline.

Not here: whom a message mentions (`mentions`), where messages wait (`mail_batches`), how mails are sent (`mails`).
"""
