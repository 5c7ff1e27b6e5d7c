"""Followed threads: a user's list of them, following and unfollowing by hand.

Reading and unreading are in `delivery.unread_threads`, for they count mentions; what replies do to threads is in
`threads`.
"""
