"""What clients are told of the configuration, before and after login, and the facts of the installation among it.

Not here: the configuration as administrators read and write it (admin.config).
"""
