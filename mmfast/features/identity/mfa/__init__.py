"""Two-factor authentication: the secret, switching it on and off, and checking codes at login.

Not here: the password before it (`login`).
"""
