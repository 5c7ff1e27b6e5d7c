"""SQL of the table notifyadmin."""

from mmfast.db.executor import Executor
from mmfast.features.identity.upgrade_requests.types import StoredRequest, UpgradeRequest


async def insert_request(db: Executor, user_id: str, wanted: UpgradeRequest, at: int) -> bool:
    """Writes the request; False if the user has made it before."""
    made = await db.fetchval(
        """INSERT INTO notifyadmin (userid, createat, requiredplan, requiredfeature, trial, sentat)
           VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING RETURNING true""",
        user_id,
        at,
        wanted.required_plan,
        wanted.required_feature,
        wanted.trial_notification,
    )
    return made is True


async def list_untold(db: Executor, trial: bool) -> list[StoredRequest]:
    """Requests that the administrators have not heard of."""
    rows = await db.fetch(
        """SELECT userid, createat, requiredplan, requiredfeature, trial FROM notifyadmin
           WHERE trial = $1 AND COALESCE(sentat, 0) = 0 ORDER BY createat""",
        trial,
    )
    return [StoredRequest(*row) for row in rows]


async def mark_told(db: Executor, trial: bool, at: int) -> None:
    """Notes that the administrators have heard of all requests."""
    await db.execute("UPDATE notifyadmin SET sentat = $2 WHERE trial = $1 AND COALESCE(sentat, 0) = 0", trial, at)
