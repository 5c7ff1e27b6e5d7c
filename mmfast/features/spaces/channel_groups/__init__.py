"""Groups seen from a channel: which members its groups would leave out, and how many each group has in it.

Groups themselves are `user_groups`.
"""
