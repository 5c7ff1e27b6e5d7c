"""What goes in and out of the provider."""

from typing import Final

import msgspec

PREFERENCE_CATEGORY: Final = "oauth_app"
"""A user's preference of this category, named by the app's id, says that the app was let in, and its scope."""

CODE: Final = "code"
TOKEN: Final = "token"
DEFAULT_SCOPE: Final = "user"


class AuthorizeRequest(msgspec.Struct):
    """What an app asks the user for (RFC 6749, section 4.1.1)."""

    response_type: str = ""
    client_id: str = ""
    redirect_uri: str = ""
    scope: str = ""
    state: str = ""
    code_challenge: str = ""
    code_challenge_method: str = ""
    resource: str = ""
    login_hint: str = ""


class Grant(msgspec.Struct):
    """A code that stands for a user's consent, until it is traded for a token."""

    client_id: str
    user_id: str
    code: str
    expires_in: int
    create_at: int
    redirect_uri: str
    state: str
    scope: str
    code_challenge: str
    code_challenge_method: str
    resource: str

    def is_expired(self, now: int) -> bool:
        """Whether it can no longer be traded."""
        return now > self.create_at + self.expires_in * 1000

    def __repr__(self) -> str:
        """Without the code: what is printed ends in logs."""
        return f"Grant(client_id={self.client_id!r}, user_id={self.user_id!r})"


class AccessData(msgspec.Struct):
    """The token that an app holds for a user, and the one that renews it."""

    token: str
    refresh_token: str
    redirect_uri: str
    client_id: str
    user_id: str
    expires_at: int
    scope: str
    audience: str

    def __repr__(self) -> str:
        """Without the tokens: what is printed ends in logs."""
        return f"AccessData(client_id={self.client_id!r}, user_id={self.user_id!r})"


class TokenRequest(msgspec.Struct):
    """What an app sends to get a token (RFC 6749, sections 4.1.3 and 6)."""

    grant_type: str = ""
    code: str = ""
    redirect_uri: str = ""
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    code_verifier: str = ""
    resource: str = ""

    def __repr__(self) -> str:
        """Without the secrets: what is printed ends in logs."""
        return f"TokenRequest(grant_type={self.grant_type!r}, client_id={self.client_id!r})"


class TokenAnswer(msgspec.Struct):
    """A token as the app gets it."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str
    refresh_token: str
    id_token: str

    def __repr__(self) -> str:
        return "TokenAnswer(...)"


class Redirect(msgspec.Struct):
    """Where the browser goes on."""

    redirect: str


class AppChoice(msgspec.Struct):
    """Which app."""

    client_id: str = ""


class AppList(msgspec.Struct):
    """Which part of a list is asked for."""

    page: int = 0
    per_page: int = 60


class Metadata(msgspec.Struct, omit_defaults=True):
    """What clients may know of this provider (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    response_types_supported: list[str]
    grant_types_supported: list[str]
    code_challenge_methods_supported: list[str]
    scopes_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    registration_endpoint: str = ""
