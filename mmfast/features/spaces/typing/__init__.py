"""Telling the others in a channel that somebody writes, by REST. The WebSocket action of that name is `realtime`'s."""
