"""What one event costs on its way to many sockets. Run with `python -m bench.fanout`.

The server's parts are the real ones (listener, WebSocket session, hub); only sessions and memberships come from memory
instead of a database. The clients are another process (`clients`), on uvloop where it is installed.
"""
