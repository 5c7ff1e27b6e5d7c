"""Mails about messages, to those whom a message mentions while they are away or offline.

Not here: whom a message mentions (`mentions`), how mails are sent (`mails`), and several messages in one mail.
"""
