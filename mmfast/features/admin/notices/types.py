"""What clients say about notices."""

from typing import Final

from msgspec import Struct

CLIENTS: Final = frozenset(("web", "desktop", "mobile", "mobile-ios", "mobile-android"))
MAX_NOTICE_ID: Final = 26


class NoticeQuery(Struct):
    """For which client notices are wanted."""

    client: str = ""
    clientVersion: str = ""
    locale: str = ""
