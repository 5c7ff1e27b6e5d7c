"""Users: the accounts themselves - making, reading and changing them, and what others may see of them.

Not here: profile images, sessions and login, switching accounts off (deactivation), bots, and whatever asks for a team
or a channel (listing and searching people there is `spaces.user_search`).
"""
