"""Notices about the product that the vendor shows to people of its choice.

None are fetched: this server asks nobody. Which ones somebody has seen is kept, so that nobody sees them anew after a
change of server.
"""
