"""Which roles a user holds in the whole server, and guests who become ordinary users.

Not here: the roles themselves and their permissions (`identity.roles`), and roles in a team or a channel.
"""
