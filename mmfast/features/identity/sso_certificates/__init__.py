"""The certificates and keys for sign-in by SAML and for the connection to LDAP: kept, and named in the configuration.

Not here: their use, which comes with those features.
"""
