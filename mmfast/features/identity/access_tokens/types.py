"""What a personal access token is."""

import msgspec

from mmfast.features.identity.users.types import User


class AccessToken(msgspec.Struct, omit_defaults=True):
    """A token as the API shows it; the secret itself is there only when it has just been made."""

    id: str
    user_id: str
    description: str
    is_active: bool
    token: str = ""

    def __repr__(self) -> str:
        """Without the secret: what is printed ends in logs."""
        return f"AccessToken(id={self.id!r}, user_id={self.user_id!r})"


class TokenDraft(msgspec.Struct):
    """What the new token is for."""

    description: str = ""


class TokenChoice(msgspec.Struct):
    """Which token."""

    token_id: str = ""


class TokenSearch(msgspec.Struct):
    """What to look for: a token's id, a user's id, or the beginning of a username."""

    term: str = ""


class Page(msgspec.Struct):
    """Which part of a list is asked for."""

    page: int = 0
    per_page: int = 60


class AccessTokenMade(msgspec.Struct):
    """News: a token was made for the user."""

    user: User
