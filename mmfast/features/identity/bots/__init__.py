"""Bots: accounts for programs. A bot is a user with a row in Bots beside it, and speaks through access tokens.

Not here: the tokens (`access_tokens`), and profile images, which bots have as people have.
"""
