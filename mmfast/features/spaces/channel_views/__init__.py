"""Reading channels: what a member has seen, and what there is to read."""
