"""Switching accounts off and on, and deleting them for good.

Not here: what others keep of somebody who is gone (posts stay when an account is switched off), and ending single
sessions.
"""
