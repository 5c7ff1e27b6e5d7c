"""The server's log: read and searched by administrators, and written to by clients.

Not here: how records are written (`platform.logging`), and what users did (`identity.audits`).
"""
