"""LDAP directories: declared, and refused until the feature is built.

The reference serves them to licensed servers only; unlicensed it answers as here. Certificates for the connection are
kept already (`identity.sso_certificates`).
"""
