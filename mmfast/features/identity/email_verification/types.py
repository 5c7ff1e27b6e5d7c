"""What goes in at verification, and the news of it."""

import msgspec

from mmfast.features.identity.users.types import User


class EmailVerification(msgspec.Struct):
    """The token that came by mail."""

    token: str = ""


class VerificationMail(msgspec.Struct):
    """Which address wants another mail."""

    email: str = ""


class VerificationRequested(msgspec.Struct):
    """News: a link with this token is to be mailed to `email`, the user's present or future address."""

    user: User
    email: str
    token: str
    is_new_account: bool = False
