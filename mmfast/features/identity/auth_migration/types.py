"""What callers say about moving accounts."""

from typing import Any

import msgspec

SERVICES = frozenset({"email", "gitlab", "saml", "google", "office365", "openid", "ldap"})


class LdapMigration(msgspec.Struct):
    """From which service, by which field accounts are matched, and whether those without a match are passed over."""

    match_field: str
    force: bool
    source: str = msgspec.field(name="from")


class SamlMigration(msgspec.Struct):
    """From which service, and whether accounts are matched by email or by the given pairs."""

    auto: bool
    matches: dict[str, Any]
    source: str = msgspec.field(name="from")
