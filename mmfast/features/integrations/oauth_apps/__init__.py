"""OAuth 2.0 client applications: made by people, or registered by the clients themselves (RFC 7591).

Not here: letting an app in and giving it tokens (`oauth_provider`).
"""
