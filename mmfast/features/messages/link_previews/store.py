"""SQL of the table LinkMetadata, which keeps what was found behind links."""

import hashlib

import msgspec

from mmfast.db.executor import Executor
from mmfast.features.messages.link_previews.types import Finding

HOUR_MS = 3_600_000


def _key(url: str) -> int:
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest(), "big") >> 1


async def find(db: Executor, url: str) -> Finding | None:
    """What was found behind the link, if it was looked at."""
    row = await db.fetchrow("SELECT url, data::text FROM linkmetadata WHERE hash = $1", _key(url))
    if row is None or row[0] != url or not row[1]:
        return None
    found: Finding = msgspec.json.decode(row[1], type=Finding)
    return found


async def save(db: Executor, url: str, finding: Finding, now: int) -> None:
    """Keeps what was found behind a link in place of what was found earlier."""
    data = msgspec.json.encode(finding).decode()
    await db.execute(
        "INSERT INTO linkmetadata (hash, url, timestamp, type, data) VALUES ($1, $2, $3, $4, $5::text::jsonb)"
        " ON CONFLICT (hash) DO UPDATE SET url = excluded.url, timestamp = excluded.timestamp, type = excluded.type,"
        " data = excluded.data",
        _key(url),
        url,
        now - now % HOUR_MS,
        finding.__struct_config__.tag,
        data,
    )
