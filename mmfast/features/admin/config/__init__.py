"""The configuration API: reading it with secrets masked, writing it whole or in part, reloading.

Each caller sees and changes only the settings whose console areas their permissions cover. Not here: the settings,
their defaults and rules (platform.config), and what clients read before and after login (admin.client_config).
"""
