"""Lines of an export about posts, and about the direct and group channels: whose members only posts there know."""
