"""Built-in commands that say something: in the channel, or to people directly."""
