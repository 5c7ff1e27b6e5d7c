"""Lets people that a file brings into teams and channels, with what they have read and marked. Not here: accounts."""
