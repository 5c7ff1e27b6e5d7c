"""The categories under which a user's channels stand in the sidebar of a team.

Every user has three in every team - favourites, channels, direct messages - and makes others. A channel that no row
assigns to a category stands in the one of its kind. Which channels there are is `channels`.
"""
