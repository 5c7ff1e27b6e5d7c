"""Logging in and out: passwords, lockout, second factor, cookies; switching between ways to sign in.

Not here: hashing (`passwords`), codes (`mfa`), what a session is (`sessions`), forgotten passwords (`password_reset`).
"""
