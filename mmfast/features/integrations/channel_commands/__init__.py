"""Built-in commands that change a channel, who is in it, or how one follows it."""
