"""Finds posted files by name, by the text in them, by their ending, and by who posted them where and when."""
