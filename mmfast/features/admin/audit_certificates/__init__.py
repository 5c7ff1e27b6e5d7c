"""The certificate with which the server proves itself to an audit log service. Not here: the audit log itself."""
