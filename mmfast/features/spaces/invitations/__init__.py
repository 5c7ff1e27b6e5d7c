"""Invitations to teams: by the team's invite id, which anybody with the link may use, and by mail, with a token each.

Here accounts made by invitation are checked and brought into their team. Not here: writing the mails (`delivery`),
renewing a team's invite id (`teams`), and inviting guests, which waits for guest accounts.
"""
