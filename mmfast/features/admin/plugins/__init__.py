"""Server plugins. None can run here: with plugins switched on, the lists are empty and nothing can be installed.

Addresses below /plugins, which plugins would answer, are `mmfast.web`'s.
"""
