"""The posts that the server writes itself when a channel, its members or its team change."""
