"""Who people are: accounts, sessions, roles, preferences, presence."""
