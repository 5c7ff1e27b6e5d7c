"""Which deeds the audit log records, and what a record holds. Where it is written is `platform.audit_log`'s.

Not here: the audits that users see of themselves (`identity.audits`), which stand in the database.
"""
