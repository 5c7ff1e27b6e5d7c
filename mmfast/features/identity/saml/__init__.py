"""SAML sign-in: declared, and refused until the feature is built.

The reference serves it to licensed servers only; unlicensed it answers as here. Certificates are kept already
(`identity.sso_certificates`).
"""
