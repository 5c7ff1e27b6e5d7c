"""How a new post reaches the clients: the event `posted`, and what its author is told in private about it."""
