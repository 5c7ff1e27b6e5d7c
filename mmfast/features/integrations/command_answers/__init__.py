"""What becomes of a command's answer: a post in the channel, or one that only the caller sees. And delayed answers.

Not here: executing commands (`command_execution`).
"""
