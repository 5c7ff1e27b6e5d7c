"""Sessions: who a token stands for, how long, on which device; listing and ending them.

Not here: proving who one is (`login`, `mfa`, `access_tokens`), and what a session may do (`roles`).
"""
