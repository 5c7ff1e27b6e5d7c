"""Mails about messages, to those whom a message mentions while they are away or offline: one by one or batched.

Not here: whom a message mentions (`mentions`), where messages wait (`mail_batches`), how mails are sent (`mails`).
"""
