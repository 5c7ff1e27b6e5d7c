"""Interactive dialogs: forms that an integration has a user's client open, submit, and look options up for.

Not here: the trigger ids by which an integration may do so (`trigger_ids`).
"""
