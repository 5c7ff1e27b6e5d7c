"""The text in a file, for search to find it by. Plain text only: documents are not read."""
