"""A record of the audit log, in the fields that tools for it read."""

from typing import Any

from msgspec import Struct


class Actor(Struct):
    """Who did it. Over the local socket it is nobody's account."""

    user_id: str
    session_id: str
    client: str
    ip_address: str
    x_forwarded_for: str


class Event(Struct):
    """What it was done to: the parameters of the address."""

    parameters: dict[str, str]
    prior_state: dict[str, Any] = {}
    resulting_state: dict[str, Any] = {}
    object_type: str = ""


class Error(Struct):
    """Why it was not done."""

    description: str
    status_code: int


class Meta(Struct):
    """How it came."""

    api_path: str
    request_id: str
    cluster_id: str = ""


class Record(Struct):
    """One deed."""

    timestamp: str
    event_name: str
    status: str
    actor: Actor
    event: Event
    meta: Meta
    error: Error | None
