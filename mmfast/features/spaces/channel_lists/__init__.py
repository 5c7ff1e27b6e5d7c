"""Lists of channels: a team's public, private and archived ones, a user's own, and all of the server.

Finding channels by words is `channel_search`.
"""
