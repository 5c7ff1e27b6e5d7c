"""Makes posts, replies, reactions and files that a file brings, with threads and counters. Not here: channels."""
