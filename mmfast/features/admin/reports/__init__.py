"""Reports for administrators: the users with what they did lately, page by page.

Not built yet: the export of that report, and the report of posts for auditors.
"""
