"""Buttons and menus in messages: pressing one asks its integration, whose answer may change the message.

Not here: how attachments carry them (`messages.attachments`), and dialogs (`dialogs`).
"""
