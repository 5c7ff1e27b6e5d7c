"""Built-in commands that set one's status: presence and custom status."""
