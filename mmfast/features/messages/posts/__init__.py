"""Posts: the row and its JSON, making, reading one or several by id, deleting.

Not here: lists of a channel or a thread (`post_lists`), changing a post and its versions (`post_edits`), what comes
with a post when it is shown (`post_metadata`), who is told of it (`delivery`).
"""
