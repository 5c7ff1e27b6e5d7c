"""Trigger ids: given to an integration with each call, they let it open a dialog for the user who caused the call.

Not here: dialogs (`dialogs`).
"""
