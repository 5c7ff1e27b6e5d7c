"""The text in a file, for search to find it by: of plain texts at once, of documents in the background.

Not here: how documents are read (`platform.document_text`).
"""
