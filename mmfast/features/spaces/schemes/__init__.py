"""Permission schemes: which roles the guests, members and admins of a team or channel hold.

Here is what a scheme says and how a membership's flags become role names. What a role permits is `identity.roles`.
"""
