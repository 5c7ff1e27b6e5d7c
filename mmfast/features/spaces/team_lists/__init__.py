"""Lists of teams: all that one may see, those that a search finds, those of a user."""
