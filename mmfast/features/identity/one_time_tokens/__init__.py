"""One-time tokens: secrets that travel by mail and prove, once and for a while, who follows a link.

Password recovery and email verification use them, and invitations of the teams. Not here: session tokens.
"""
