"""Signing in through other services (GitLab, Google, Office 365, OpenID Connect): none is available yet.

Here are the addresses that browsers visit for it, which say so. Not here: being such a service for others
(`integrations.oauth_provider`).
"""
