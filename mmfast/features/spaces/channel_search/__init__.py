"""Finding channels by words: in a team, among one's own, across teams, and groups by their people.

A word is found anywhere in a channel's name, display name or purpose. Plain lists are `channel_lists`.
"""
