"""Compliance reports: what certain people wrote in a span of time, collected for auditors.

Not built yet. Not here: the export of all messages, and how long data is kept (`data_retention`).
"""
