"""Reminders of posts: setting one, and the direct message that comes when it is due."""
