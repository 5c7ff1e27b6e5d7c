"""Trying out settings before people depend on them: the mail server, the file store, the site's address.

Not here: the search engine's test (`search_index`) and a user's test notification (`delivery.test_notifications`).
"""
