"""Makes and changes accounts and bots that a file brings, with their preferences. Not here: where they are members."""
