"""Makes and changes roles, schemes, emojis, teams and channels that a file brings. Not here: members and posts."""
