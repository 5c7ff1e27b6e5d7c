"""What is asked of saved posts."""

from msgspec import Struct


class FlaggedQuery(Struct):
    """Which saved posts are wanted."""

    channel_id: str = ""
    team_id: str = ""
    page: int = 0
    per_page: int = 60
