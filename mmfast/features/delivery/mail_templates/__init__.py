"""The form of every mail: one layout, as HTML and as plain text. Not here: the words (whoever sends has them)."""
