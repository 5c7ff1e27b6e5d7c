"""Connections cut at random bytes, and workers killed, in a stream of posts: does each client end with the log?"""
