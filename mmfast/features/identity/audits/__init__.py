"""Audits: the list of what a user did, as the user and administrators read it.

Not here: the audit log file of the server, and the telemetry of failures.
"""
