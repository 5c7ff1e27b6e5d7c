"""What happens when a part dies: the rest goes on, and nothing that was promised is lost."""
