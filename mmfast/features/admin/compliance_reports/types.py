"""What clients send about compliance reports."""

from msgspec import Struct


class ReportWish(Struct):
    """Whose messages of which time are wanted."""

    desc: str = ""
    start_at: int = 0
    end_at: int = 0
    keywords: str = ""
    emails: str = ""
