"""Custom slash commands: made, read, listed, changed, moved, given new tokens, removed; and what clients offer of all.

Not here: executing them (`command_execution`), and the server's own (`builtin_commands`).
"""
