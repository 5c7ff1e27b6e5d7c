"""What a one-time token is."""

from typing import Any, Final

import msgspec

LENGTH: Final = 64
LIFETIME: Final = 48 * 3_600_000
"""Tokens older than this, in milliseconds, are removed whatever they are for."""

PASSWORD_RECOVERY: Final = "password_recovery"
VERIFY_EMAIL: Final = "verify_email"


class OneTimeToken(msgspec.Struct):
    """A token, what it is for, and what it carries."""

    token: str
    create_at: int
    type: str
    extra: str

    def data(self) -> dict[str, Any]:
        """What the token carries, as an object; empty where it is none."""
        try:
            found = msgspec.json.decode(self.extra)
        except msgspec.DecodeError:
            return {}
        return found if isinstance(found, dict) else {}

    def __repr__(self) -> str:
        """Without the token: what is printed ends in logs."""
        return f"OneTimeToken(type={self.type!r})"
