"""Pictures of the web fetched on the users' behalf, so that their addresses stay unknown to who keeps the pictures."""
