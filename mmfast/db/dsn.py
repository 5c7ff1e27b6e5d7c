"""Connection strings: the reference's `SqlSettings.DataSource`, understood as PostgreSQL's own programs do.

asyncpg does the parsing (URL and its query, environment, password file, TLS files). Here are only the keys that are not
PostgreSQL's, and what an address looks like.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from asyncpg.connect_utils import _parse_connect_arguments

from mmfast.db.errors import DatabaseUnavailable

# A Unix socket's path, or host and port.
Address = str | tuple[str, int]

# Keys that drivers of other languages define; to the server they would be unknown settings.
_FOREIGN_KEYS = {"binary_parameters", "connect_timeout", "fallback_application_name", "disable_prepared_binary_result"}


@dataclass(frozen=True)
class Target:
    """Where to connect and as whom."""

    addresses: tuple[Address, ...]
    parameters: Any
    database: str

    @property
    def tls(self) -> tuple[ssl.SSLContext | None, str]:
        """The context to use, None for none, and the mode's name."""
        mode = self.parameters.sslmode
        if mode is None or mode.name in ("disable", "allow") or not self.parameters.ssl:
            return None, "disable"
        return self.parameters.ssl, mode.name

    def describe(self, address: Address) -> str:
        return address if isinstance(address, str) else f"{address[0]}:{address[1]}"


def parse_dsn(dsn: str, *, application_name: str = "mmfast") -> Target:
    """Understand a connection string of either form: `postgres://user@host/db?sslmode=...` or `host=... dbname=...`."""
    try:
        addresses, parameters, _ = _parse_connect_arguments(
            dsn=_as_url(dsn),
            host=None,
            port=None,
            user=None,
            password=None,
            passfile=None,
            database=None,
            command_timeout=None,
            statement_cache_size=0,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
            ssl=None,
            direct_tls=None,
            server_settings={"application_name": application_name},
            target_session_attrs=None,
            krbsrvname=None,
            gsslib=None,
            service=None,
            servicefile=None,
        )
    except (ValueError, OSError) as error:
        raise DatabaseUnavailable(f"the database connection string cannot be used: {error}") from error
    return Target(tuple(addresses), parameters, str(parameters.database))


def with_database(dsn: str, database: str) -> str:
    """The same connection string for another database of the server."""
    parts = urlsplit(_as_url(dsn))
    return urlunsplit(parts._replace(path="/" + quote(database)))


def _as_url(dsn: str) -> str:
    if "://" not in dsn:
        pairs = dict(part.split("=", 1) for part in dsn.split() if "=" in part)
        renamed = {"dbname": "database"}
        query = {renamed.get(key, key): value.strip("'") for key, value in pairs.items()}
        dsn = "postgres:///?" + urlencode(query)
    parts = urlsplit(dsn)
    known = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in _FOREIGN_KEYS]
    return urlunsplit(parts._replace(query=urlencode(known)))
