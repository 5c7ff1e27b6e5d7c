"""SQL of the table CommandWebhooks: the addresses for delayed answers."""

from mmfast.db.executor import Executor
from mmfast.features.integrations.command_answers.types import DelayedAddress


async def insert(db: Executor, address: DelayedAddress, expired_before: int) -> None:
    """Writes an address, and removes those that are too old to be used."""
    await db.execute(
        "WITH gone AS (DELETE FROM commandwebhooks WHERE createat < $8)"
        " INSERT INTO commandwebhooks (id, createat, commandid, userid, channelid, rootid, usecount)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        address.id,
        address.create_at,
        address.command_id,
        address.user_id,
        address.channel_id,
        address.root_id,
        address.use_count,
        expired_before,
    )


async def find(db: Executor, address_id: str, since: int) -> DelayedAddress | None:
    """The address with this id, made since then."""
    row = await db.fetchrow(
        "SELECT id, createat, commandid, userid, channelid, COALESCE(rootid, ''), usecount FROM commandwebhooks"
        " WHERE id = $1 AND createat >= $2",
        address_id,
        since,
    )
    return DelayedAddress(*row) if row else None


async def count_use(db: Executor, address_id: str, limit: int) -> bool:
    """Counts one use more, unless that exceeds the limit; tells which."""
    used = await db.fetchval(
        "UPDATE commandwebhooks SET usecount = usecount + 1 WHERE id = $1 AND usecount < $2 RETURNING usecount",
        address_id,
        limit,
    )
    return used is not None
