"""What an OAuth app is."""

import msgspec


class OAuthApp(msgspec.Struct):
    """A client application, as the API shows it to those who manage it. An app without a secret is a public one."""

    id: str
    creator_id: str
    create_at: int
    update_at: int
    client_secret: str
    name: str
    description: str
    icon_url: str
    callback_urls: list[str]
    homepage: str
    is_trusted: bool
    mattermost_app_id: str
    is_dynamically_registered: bool | msgspec.UnsetType = msgspec.UNSET

    @property
    def is_public(self) -> bool:
        """Whether the app cannot keep a secret, so that it must prove itself by PKCE (RFC 7636)."""
        return self.client_secret == ""

    def __repr__(self) -> str:
        """Without the secret: what is printed ends in logs."""
        return f"OAuthApp(id={self.id!r}, name={self.name!r})"


class OAuthAppDraft(msgspec.Struct):
    """What a new app is made of, or what an app is to become."""

    id: str = ""
    name: str = ""
    description: str = ""
    icon_url: str = ""
    callback_urls: list[str] = []
    homepage: str = ""
    is_trusted: bool = False
    is_public: bool = False
    mattermost_app_id: str = ""


class AppList(msgspec.Struct):
    """Which part of a list is asked for."""

    page: int = 0
    per_page: int = 60


class Registration(msgspec.Struct):
    """What a client says of itself when it registers (RFC 7591, section 2)."""

    redirect_uris: list[str] = []
    client_name: str = ""
    client_uri: str = ""
    token_endpoint_auth_method: str = ""


class Registered(msgspec.Struct, omit_defaults=True):
    """What a registered client is told (RFC 7591, section 3.2.1)."""

    client_id: str
    client_name: str
    redirect_uris: list[str]
    token_endpoint_auth_method: str
    grant_types: list[str]
    response_types: list[str]
    scope: str
    client_secret: str = ""
    client_uri: str = ""


class RegistrationError(msgspec.Struct):
    """Why a registration is refused (RFC 7591, section 3.2.2)."""

    error: str
    error_description: str
