"""Threads: replies to a post, who follows them and what each follower has not read.

A thread's id is that of its root post. Its posts are in `posts`; pages of them are in `post_lists`.
"""
