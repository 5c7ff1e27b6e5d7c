"""What clients send about access policies."""

from typing import Any

from msgspec import Struct


class LimitQuery(Struct):
    """How many entries are wanted; without it the request is refused."""

    limit: int = 0


class ActiveQuery(Struct):
    """Whether the policy shall be in force: "true" or "false"."""

    active: str = ""


class ChannelAssignment(Struct):
    """The channels that a policy shall, or shall no longer, apply to."""

    channel_ids: list[str] = []


class FoundChannels(Struct):
    """The channels that a policy applies to."""

    channels: list[dict[str, Any]]
    total_count: int
