"""Who is told of a message, and how."""
