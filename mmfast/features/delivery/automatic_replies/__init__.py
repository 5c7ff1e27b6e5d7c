"""Automatic replies: a direct message to somebody who is out of office is answered in that person's words."""
