"""What comes in at login."""

from typing import Any

import msgspec


class Credentials(msgspec.Struct):
    """What somebody presents at login. A field of the wrong type counts as absent, as clients expect."""

    id: str = ""
    login_id: str = ""
    password: str = ""
    token: str = ""
    device_id: str = ""
    magic_link_token: str = ""

    @classmethod
    def read(cls, fields: Any) -> "Credentials":
        """From whatever JSON the body held."""
        if not isinstance(fields, dict):
            return cls()
        return cls(**{name: value for name in cls.__struct_fields__ if isinstance(value := fields.get(name), str)})

    def __repr__(self) -> str:
        """Without password and code: what is printed ends in logs."""
        return f"Credentials(login_id={self.login_id!r})"


class SwitchRequest(msgspec.Struct):
    """From which way of signing in to which other."""

    current_service: str = ""
    new_service: str = ""
    email: str = ""
    password: str = ""
    mfa_code: str = ""
    ldap_id: str = ""
    new_password: str = ""


class FollowLink(msgspec.Struct):
    """Where the user goes on."""

    follow_link: str
