"""The OAuth 2.0 provider (RFC 6749, 7636, 8414, 8707): letting apps in, and giving them tokens to act for a user.

Not here: the apps themselves (`oauth_apps`), and signing in to this server through others (`identity.oauth_logins`).
"""
