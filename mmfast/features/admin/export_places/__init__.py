"""Lines of an export about roles, schemes, emojis, teams and channels."""
