"""Who is in a channel: joining and leaving, roles, notification settings, and the index that posting asks.

Reading positions and unread counts are `channel_reading`.
"""
