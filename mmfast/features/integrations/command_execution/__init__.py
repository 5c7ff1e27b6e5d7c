"""Executing slash commands, the server's own and custom ones.

Not here: the commands themselves (`commands`, and the features that declare built-in ones), and their answers
(`command_answers`).
"""
