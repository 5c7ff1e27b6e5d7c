"""What goes in at changes of passwords, and the news of them."""

import msgspec

from mmfast.features.identity.users.types import User


class PasswordUpdate(msgspec.Struct):
    """A new password, and the present one to prove who asks. Its repr shows neither."""

    current_password: str = ""
    new_password: str = ""
    already_hashed: str = ""

    def __repr__(self) -> str:
        return "PasswordUpdate(...)"


class ResetRequest(msgspec.Struct):
    """Whose password is forgotten."""

    email: str = ""


class PasswordReset(msgspec.Struct):
    """A new password, and the token that came by mail."""

    token: str = ""
    new_password: str = ""

    def __repr__(self) -> str:
        return "PasswordReset(...)"


class ResetRequested(msgspec.Struct):
    """News: the user is to get a link with this token."""

    user: User
    token: str


class PasswordChanged(msgspec.Struct):
    """News: the user has a new password; by their own settings page or by a link or administrator."""

    user: User
    by_settings: bool
