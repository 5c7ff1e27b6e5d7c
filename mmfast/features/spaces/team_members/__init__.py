"""Who is in a team: adding and removing members, their roles, lists, counts, and what they have not read there.

Making a membership is `spaces.teams`' `add_member`, which others use too; invitations are `spaces.team_invites`.
"""
