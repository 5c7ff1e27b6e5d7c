"""SQL of the table notifyadmin."""

from mmfast.db.executor import Executor
from mmfast.features.identity.upgrade_requests.types import UpgradeRequest


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
