"""The organisation's picture on the sign-in page."""
