"""What administrators see and set."""
