"""Reminders of posts: setting one. Their delivery at the time set is a job of its own."""
