"""SQL of the table Audits."""

from mmfast.db.executor import Executor
from mmfast.features.identity.audits.types import Audit

COLUMNS = (
    "id, COALESCE(createat, 0), COALESCE(userid, ''), COALESCE(action, ''), COALESCE(extrainfo, ''),"
    " COALESCE(ipaddress, ''), COALESCE(sessionid, '')"
)


async def insert(db: Executor, audit: Audit) -> None:
    """Writes an audit."""
    await db.execute(
        "INSERT INTO audits (id, createat, userid, action, extrainfo, ipaddress, sessionid)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        audit.id,
        audit.create_at,
        audit.user_id,
        audit.action,
        audit.extra_info,
        audit.ip_address,
        audit.session_id,
    )


async def list_audits(db: Executor, user_id: str, offset: int, limit: int) -> list[Audit]:
    """Audits of a user, or with "" of everybody, the latest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM audits WHERE ($1 = '' OR userid = $1) ORDER BY createat DESC, ctid DESC"
        " LIMIT $2 OFFSET $3",
        user_id,
        limit,
        offset,
    )
    return [Audit(*row) for row in rows]
