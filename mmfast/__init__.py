"""mmfast: a drop-in, Trio-native replacement for the Mattermost 11.6 server.

This package holds the server; `mmfast_ext` beside it holds the Cython twins of `mmfast.hot`.
"""

__version__ = "0.1.0"

REFERENCE_VERSION = "11.6.0"
"""The release whose API, schema and clients this server is compatible with; clients compare features with it."""
