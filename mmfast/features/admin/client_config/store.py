"""The installation's facts in the table `systems`: telemetry id, date, and the key that signs links and tokens."""

import json
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from mmfast.db.executor import Executor

DIAGNOSTIC_ID: Final = "DiagnosticId"
INSTALLATION_DATE: Final = "InstallationDate"
SIGNING_KEY: Final = "AsymmetricSigningKey"

_FACTS: Final = [DIAGNOSTIC_ID, INSTALLATION_DATE, SIGNING_KEY]


async def list_facts(db: Executor) -> dict[str, str]:
    """Those of the facts that the database holds, by name."""
    rows = await db.fetch("SELECT name, value FROM systems WHERE name = ANY($1)", _FACTS)
    return {row[0]: row[1] for row in rows if row[1]}


async def create_fact(db: Executor, name: str, value: str) -> str:
    """Keeps the fact unless another worker was quicker; gives the value that stands."""
    await db.execute("INSERT INTO systems (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, value)
    standing: str = await db.fetchval("SELECT value FROM systems WHERE name = $1", name)
    return standing


async def has_accounts(db: Executor) -> bool:
    """Whether there is any user."""
    found: bool = await db.fetchval("SELECT EXISTS (SELECT 1 FROM users)")
    return found


async def get_schema_version(db: Executor) -> int:
    """The number of the newest migration."""
    version: int | None = await db.fetchval("SELECT max(version) FROM db_migrations")
    return int(version or 0)


def signing_key_json(key: ec.EllipticCurvePrivateKey) -> str:
    """The key as the reference stores it: its numbers in decimal."""
    numbers = key.private_numbers()
    public = numbers.public_numbers
    return json.dumps({"ecdsa_key": {"curve": "P-256", "x": public.x, "y": public.y, "d": numbers.private_value}})


def public_numbers(stored: str, curve: ec.EllipticCurve) -> ec.EllipticCurvePublicNumbers:
    """The public half of a stored key."""
    key: dict[str, Any] = json.loads(stored)["ecdsa_key"]
    return ec.EllipticCurvePublicNumbers(int(key["x"]), int(key["y"]), curve)
