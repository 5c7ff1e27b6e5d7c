"""Sockets under Trio: listening, TLS, limits, slow clients, graceful shutdown. One task a connection.

Bytes are made sense of in `mmfast.wire`; what a request means is decided by the application it is given to.
"""
