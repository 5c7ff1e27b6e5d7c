"""What a new installation starts with: roles, the record of past migrations, and this installation's own secrets.

The rows themselves are data, in the TOML files beside this one. Users, teams and channels are not made here: the first
person who signs up makes them.
"""

from __future__ import annotations

import base64
import json
import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.db.executor import Executor


@dataclass(frozen=True)
class SeedRole:
    """A role as it is on a new installation."""

    name: str
    display_name: str
    description: str
    permissions: tuple[str, ...]
    scheme_managed: bool
    built_in: bool


@cache
def read_roles() -> tuple[SeedRole, ...]:
    """The roles in the order of their names."""
    return tuple(
        SeedRole(
            name=name,
            display_name=f"authentication.roles.{entry.get('label', name)}.name",
            description=f"authentication.roles.{entry.get('label', name)}.description",
            permissions=tuple(entry["permissions"].split()),
            scheme_managed=entry["scheme_managed"],
            built_in=entry["built_in"],
        )
        for name, entry in _read("roles.toml").items()
    )


@cache
def read_history() -> tuple[tuple[int, str], ...]:
    """Number and name of each schema migration that the schema stands for."""
    lines = (line.split(" ", 1) for line in _read("history.toml")["schema"].strip().splitlines())
    return tuple((int(number), name) for number, name in lines)


async def seed(db: Executor) -> None:
    """Write the first rows into a schema just made."""
    await db.execute(
        "insert into db_migrations (version, name) select * from unnest($1::bigint[], $2::varchar[])",
        [number for number, _ in read_history()],
        [name for _, name in read_history()],
    )
    names, values = zip(*_system_rows(), strict=True)
    await db.execute(
        "insert into systems (name, value) select * from unnest($1::varchar[], $2::varchar[])", names, values
    )
    now = now_ms()
    roles = read_roles()
    await db.execute(
        "insert into roles (id, name, displayname, description, createat, updateat, deleteat, permissions,"
        " schememanaged, builtin, schemeid)"
        " select r.id, r.name, r.displayname, r.description, $7, $7, 0, r.permissions, r.schememanaged, r.builtin, ''"
        " from unnest($1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::text[], $6::bool[], $8::bool[])"
        " as r(id, name, displayname, description, permissions, schememanaged, builtin)",
        [new_id() for _ in roles],
        [role.name for role in roles],
        [role.display_name for role in roles],
        [role.description for role in roles],
        # a blank before each name, as the reference keeps them
        ["".join(f" {permission}" for permission in role.permissions) for role in roles],
        [role.scheme_managed for role in roles],
        now,
        [role.built_in for role in roles],
    )


def _system_rows() -> Iterator[tuple[str, str]]:
    for name in _read("history.toml")["done"].split():
        yield name, "true"
    now = str(now_ms())
    yield "InstallationDate", now
    yield "FirstServerRunTimestamp", now
    yield "DiagnosticId", new_id()
    yield "AsymmetricSigningKey", json.dumps(_new_signing_key(), separators=(",", ":"))
    cookie_secret = base64.b64encode(secrets.token_bytes(32)).decode()
    yield "PostActionCookieSecret", json.dumps({"key": cookie_secret}, separators=(",", ":"))


def _new_signing_key() -> dict[str, Any]:
    """Signs what other parties check with the public half that the client configuration shows."""
    numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    public = numbers.public_numbers
    return {"ecdsa_key": {"curve": "P-256", "x": public.x, "y": public.y, "d": numbers.private_value}}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))
