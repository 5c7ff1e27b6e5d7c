"""SQL of the table IncomingWebhooks. Deleted webhooks stay in it, marked."""

from mmfast.db.executor import Executor
from mmfast.features.integrations.incoming_webhooks.types import IncomingWebhook

COLUMNS = (
    "id, COALESCE(createat, 0), COALESCE(updateat, 0), COALESCE(deleteat, 0), COALESCE(userid, ''),"
    " COALESCE(channelid, ''), COALESCE(teamid, ''), COALESCE(displayname, ''), COALESCE(description, ''),"
    " COALESCE(username, ''), COALESCE(iconurl, ''), COALESCE(channellocked, false)"
)
_SHOWN = "deleteat = 0 AND ($1 = '' OR teamid = $1) AND ($2 = '' OR userid = $2)"


async def find(db: Executor, hook_id: str) -> IncomingWebhook | None:
    """The webhook with this id, unless deleted."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM incomingwebhooks WHERE id = $1 AND deleteat = 0", hook_id)
    return IncomingWebhook(*row) if row else None


async def list_hooks(db: Executor, team_id: str, user_id: str, offset: int, limit: int) -> list[IncomingWebhook]:
    """A page of webhooks, of one team or with "" of all, of one owner or with "" of all."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM incomingwebhooks WHERE {_SHOWN} ORDER BY createat, id LIMIT $3 OFFSET $4",
        team_id,
        user_id,
        limit,
        offset,
    )
    return [IncomingWebhook(*row) for row in rows]


async def count_hooks(db: Executor, team_id: str, user_id: str) -> int:
    """How many webhooks `list_hooks` has in all."""
    count: int = await db.fetchval(f"SELECT count(*) FROM incomingwebhooks WHERE {_SHOWN}", team_id, user_id)
    return count


async def insert(db: Executor, hook: IncomingWebhook) -> None:
    """Writes a new webhook."""
    await db.execute(
        "INSERT INTO incomingwebhooks (id, createat, updateat, deleteat, userid, channelid, teamid, displayname,"
        " description, username, iconurl, channellocked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        hook.id,
        hook.create_at,
        hook.update_at,
        hook.delete_at,
        hook.user_id,
        hook.channel_id,
        hook.team_id,
        hook.display_name,
        hook.description,
        hook.username,
        hook.icon_url,
        hook.channel_locked,
    )


async def update(db: Executor, hook: IncomingWebhook) -> None:
    """Writes what may change in a webhook."""
    await db.execute(
        "UPDATE incomingwebhooks SET updateat = $2, channelid = $3, displayname = $4, description = $5, username = $6,"
        " iconurl = $7, channellocked = $8 WHERE id = $1",
        hook.id,
        hook.update_at,
        hook.channel_id,
        hook.display_name,
        hook.description,
        hook.username,
        hook.icon_url,
        hook.channel_locked,
    )


async def mark_deleted(db: Executor, hook_id: str, now: int) -> None:
    """Marks a webhook as deleted."""
    await db.execute("UPDATE incomingwebhooks SET deleteat = $2, updateat = $2 WHERE id = $1", hook_id, now)


async def remove_channel(db: Executor, channel_id: str) -> None:
    """Removes a channel's webhooks for good."""
    await db.execute("DELETE FROM incomingwebhooks WHERE channelid = $1", channel_id)


async def move_channel(db: Executor, channel_id: str, team_id: str) -> None:
    """Takes a channel's webhooks along into another team."""
    await db.execute("UPDATE incomingwebhooks SET teamid = $2 WHERE channelid = $1", channel_id, team_id)
