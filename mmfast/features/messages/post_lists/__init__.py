"""Lists of posts: a channel's by page, around a post or since a time, and the pages of one thread."""
