"""Personal access tokens: secrets without an end by which scripts and bots speak for a user.

A token's first use makes a session (see `sessions.service.TOKEN_SOURCES`). Not here: OAuth's access tokens.
"""
