"""Finding people: lists by team and channel, search, autocomplete, counts, and whom one knows.

Not here: reading users whose id or name is known (`identity.users`), and lists of memberships themselves.
"""
