"""What goes in and out of two-factor authentication."""

import msgspec


class MfaSecret(msgspec.Struct):
    """A secret to give to an authenticator, in letters and as a picture (PNG in base64)."""

    secret: str
    qr_code: str


class MfaChange(msgspec.Struct):
    """Switches two-factor authentication on (with a code of the authenticator) or off."""

    activate: bool | None = None
    code: str = ""


class MfaChanged(msgspec.Struct):
    """News: a user switched two-factor authentication on or off."""

    user_id: str
    active: bool
