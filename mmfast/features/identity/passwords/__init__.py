"""Passwords: how they are hashed and compared, and what the configured policy demands of a new one.

Not here: who may change a password (sessions and password change), and counting failed attempts (login).
"""
