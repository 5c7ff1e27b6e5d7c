"""What a built-in slash command is, and the register of them all.

Not here: the commands themselves (`status_commands`, `channel_commands`, `message_commands`), custom ones (`commands`),
and how either is executed (`command_execution`).
"""
