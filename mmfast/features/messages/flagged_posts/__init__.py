"""Saved (flagged) posts: kept as preferences of the category `flagged_post`."""
