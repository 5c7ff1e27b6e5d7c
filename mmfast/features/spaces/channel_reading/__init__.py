"""How far members have read: viewing channels, marking them read, and what is unread.

Counting what is posted is the messages domain's; here the counts are read and set back.
"""
