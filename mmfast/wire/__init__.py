"""Protocols without I/O: HTTP/1.1, WebSocket and multipart as bytes in, events out.

Nothing here knows a socket, a clock or Trio's scheduler; `mmfast.net` feeds these parsers and sends what they build.
"""
