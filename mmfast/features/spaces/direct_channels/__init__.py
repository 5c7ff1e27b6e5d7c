"""Direct and group channels: made by naming people, found again by the same people, turned into private channels.

What they have in common with other channels is in `channels`.
"""
