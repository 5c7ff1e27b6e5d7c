"""Memory of the server per idle WebSocket session, in a whole server."""
