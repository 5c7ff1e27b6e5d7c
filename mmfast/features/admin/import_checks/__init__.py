"""Looks a whole import file over before anything is written. Not here: what one line alone tells (import_lines)."""
