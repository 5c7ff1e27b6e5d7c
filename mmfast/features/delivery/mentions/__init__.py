"""Mentions: whom the words of a post mean. Not how they learn of it (`posted`; mail and push are features of their own)."""
