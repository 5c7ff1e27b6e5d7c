"""Whom and what the names in an import file mean. Not here: making anything."""
