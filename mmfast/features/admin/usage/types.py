"""Figures of use."""

from msgspec import Struct


class PostsUsage(Struct):
    """How many posts there are."""

    count: int


class StorageUsage(Struct):
    """How many bytes of files there are."""

    bytes: int


class TeamsUsage(Struct):
    """How many teams there are, and how many a vendor has put away."""

    active: int
    cloud_archived: int = 0
