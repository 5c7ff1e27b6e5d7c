"""Teams and who belongs to them.

Here are a team's own life, its members and their roles, and the permission checks in a team. Its channels are
`spaces.channels`, which listens to the hooks declared here; invitations and icons have features of their own.
"""
