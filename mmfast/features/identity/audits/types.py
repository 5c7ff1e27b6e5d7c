"""What an audit is."""

import msgspec


class Audit(msgspec.Struct):
    """One thing done by one user."""

    id: str
    create_at: int
    user_id: str
    action: str
    extra_info: str
    ip_address: str
    session_id: str


class Page(msgspec.Struct):
    """Which part of a list is asked for."""

    page: int = 0
    per_page: int = 60
