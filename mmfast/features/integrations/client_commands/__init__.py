"""Built-in commands that clients carry out themselves, and those that change how a client shows things."""
