"""Roles and permissions: what a session may do in the whole server, and the roles themselves.

Not here: what a member may do in one team or channel (`spaces.teams.guards`, `spaces.channels.guards`, which build on
`role_mask`), and which roles a scheme puts in the place of the built-in ones (`spaces.schemes`).
"""
