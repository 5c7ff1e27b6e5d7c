"""Fixtures for pages: the same worker as the features' tests have."""

from tests.features.conftest import app, nobody, server

__all__ = ["app", "nobody", "server"]
