"""Which teams and channels use a scheme. What a scheme is, and what it says of roles, is `schemes`."""
