"""The address at which a custom command's integration may answer later."""

from msgspec import Struct

MAX_USES = 5
LIFETIME_MS = 30 * 60 * 1000


class DelayedAddress(Struct):
    """Where answers that come later go."""

    id: str
    create_at: int
    command_id: str
    user_id: str
    channel_id: str
    root_id: str
    use_count: int


class Presentation(Struct):
    """How the integration of a custom command presents itself."""

    username: str
    icon_url: str
