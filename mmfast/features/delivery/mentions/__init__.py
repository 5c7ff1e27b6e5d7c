"""Mentions: whom the words of a post mean. Not how they learn of it (`posted`, and later mail and push)."""
