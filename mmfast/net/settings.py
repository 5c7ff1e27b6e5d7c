"""The limits a listener holds its clients to. Times are in seconds."""

from dataclasses import dataclass

from mmfast.net.tls import TlsCertificates
from mmfast.wire.head import MAX_HEAD_BYTES
from mmfast.wire.websocket import MAX_MESSAGE_BYTES


@dataclass(frozen=True, kw_only=True)
class ListenerSettings:
    """What one client may take of our time, memory and sockets."""

    read_timeout: float = 300
    """For a request's body, beside what its size earns at `min_body_rate`."""
    header_timeout: float = 30
    """From a head's first byte to its last; also for the first request of a new connection."""
    write_timeout: float = 300
    """For the peer to take an answer (each piece of a streamed one)."""
    idle_timeout: float = 60
    """Between two requests."""
    min_body_rate: int = 1024
    """Bytes a second a body must come at once `read_timeout` is over."""
    max_head_bytes: int = MAX_HEAD_BYTES
    max_connections: int = 100_000
    backlog: int = 4096
    shutdown_deadline: float = 15
    """How long running requests may take to finish after the order to stop, the farewells included."""
    farewell_seconds: float = 4
    """WebSockets are sent away spread over so long, so that their clients come back spread; never over more than half
    of `shutdown_deadline`."""
    farewells_per_second: int = 250
    """Where this is quick enough, the spread is shorter."""
    ping_interval: float = 60
    """WebSocket: between two pings of ours."""
    pong_timeout: float = 100
    """WebSocket: a peer silent for so long, pings included, is gone."""
    max_message_bytes: int = MAX_MESSAGE_BYTES
    tls: TlsCertificates | None = None
