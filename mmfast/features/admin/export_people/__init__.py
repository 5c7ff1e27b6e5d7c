"""Lines of an export about people and bots: the account, its preferences, where it is a member and what was read."""
