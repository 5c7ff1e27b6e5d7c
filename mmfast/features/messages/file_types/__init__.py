"""Types of files by their names, and which of them a browser may show instead of saving.

What a file's bytes look like is never asked: a name decides, and every answer forbids browsers to guess.
"""
