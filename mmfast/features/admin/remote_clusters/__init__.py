"""Connections to other servers, over which channels can be shared. Not built yet.

Not here: the shared channels themselves (`spaces.shared_channels`), and the nodes of one installation (`cluster`).
"""
