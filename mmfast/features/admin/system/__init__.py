"""What is true of the whole installation: whether it is well, its noted facts, the time zones that people may choose.

Not here: what clients know of the configuration (`client_config`), and the administration of single parts.
"""
