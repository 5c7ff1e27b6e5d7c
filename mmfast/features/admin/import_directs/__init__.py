"""Makes direct and group channels that a file brings, and says where their posts go. Not here: writing the posts."""
