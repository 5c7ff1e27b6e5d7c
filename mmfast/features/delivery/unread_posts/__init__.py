"""Unread posts: marking a channel unread from a post on, and the posts around the first unread one."""
