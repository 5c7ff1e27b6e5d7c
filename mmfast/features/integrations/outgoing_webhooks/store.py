"""SQL of the table OutgoingWebhooks. Deleted webhooks stay in it, marked."""

from typing import Any

import msgspec

from mmfast.db.executor import Executor, Record
from mmfast.features.integrations.outgoing_webhooks.types import OutgoingWebhook

COLUMNS = (
    "id, COALESCE(token, ''), COALESCE(createat, 0), COALESCE(updateat, 0), COALESCE(deleteat, 0),"
    " COALESCE(creatorid, ''), COALESCE(channelid, ''), COALESCE(teamid, ''), COALESCE(NULLIF(triggerwords, ''),"
    " 'null'), COALESCE(triggerwhen, 0), COALESCE(NULLIF(callbackurls, ''), '[]'), COALESCE(displayname, ''),"
    " COALESCE(description, ''), COALESCE(contenttype, ''), COALESCE(username, ''), COALESCE(iconurl, '')"
)
_decode_list = msgspec.json.Decoder(list[str] | None).decode


def _hook(row: Record) -> OutgoingWebhook:
    hook = OutgoingWebhook(*row)
    hook.trigger_words = _decode_list(row[8])
    hook.callback_urls = _decode_list(row[10]) or []
    return hook


def encode_list(words: list[str] | None) -> str:
    """A list as the table keeps it."""
    return msgspec.json.encode(words).decode()


async def find(db: Executor, hook_id: str) -> OutgoingWebhook | None:
    """The webhook with this id, unless deleted."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM outgoingwebhooks WHERE id = $1 AND deleteat = 0", hook_id)
    return _hook(row) if row else None


async def list_hooks(
    db: Executor, team_id: str, channel_id: str, creator_id: str, offset: int, limit: int
) -> list[OutgoingWebhook]:
    """A page of webhooks; "" stands for every team, channel or creator."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM outgoingwebhooks WHERE deleteat = 0 AND ($1 = '' OR teamid = $1)"
        " AND ($2 = '' OR channelid = $2) AND ($3 = '' OR creatorid = $3) ORDER BY createat, id LIMIT $4 OFFSET $5",
        team_id,
        channel_id,
        creator_id,
        limit,
        offset,
    )
    return [_hook(row) for row in rows]


async def list_of_team(db: Executor, team_id: str) -> list[OutgoingWebhook]:
    """All webhooks of a team."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM outgoingwebhooks WHERE deleteat = 0 AND teamid = $1 ORDER BY createat, id", team_id
    )
    return [_hook(row) for row in rows]


async def insert(db: Executor, hook: OutgoingWebhook) -> None:
    """Writes a new webhook."""
    await db.execute(
        "INSERT INTO outgoingwebhooks (id, token, createat, updateat, deleteat, creatorid, channelid, teamid,"
        " triggerwords, triggerwhen, callbackurls, displayname, description, contenttype, username, iconurl)"
        " VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        hook.id,
        hook.token,
        hook.create_at,
        hook.update_at,
        hook.creator_id,
        hook.channel_id,
        hook.team_id,
        *_changeable(hook),
    )


async def update(db: Executor, hook: OutgoingWebhook) -> None:
    """Writes what may change in a webhook."""
    await db.execute(
        "UPDATE outgoingwebhooks SET token = $2, updateat = $3, channelid = $4, triggerwords = $5, triggerwhen = $6,"
        " callbackurls = $7, displayname = $8, description = $9, contenttype = $10, username = $11, iconurl = $12"
        " WHERE id = $1",
        hook.id,
        hook.token,
        hook.update_at,
        hook.channel_id,
        *_changeable(hook),
    )


def _changeable(hook: OutgoingWebhook) -> tuple[Any, ...]:
    return (
        encode_list(hook.trigger_words),
        hook.trigger_when,
        encode_list(hook.callback_urls),
        hook.display_name,
        hook.description,
        hook.content_type,
        hook.username,
        hook.icon_url,
    )


async def mark_deleted(db: Executor, hook_id: str, now: int) -> None:
    """Marks a webhook as deleted."""
    await db.execute("UPDATE outgoingwebhooks SET deleteat = $2, updateat = $2 WHERE id = $1", hook_id, now)


async def remove_channel(db: Executor, channel_id: str) -> None:
    """Removes a channel's webhooks for good."""
    await db.execute("DELETE FROM outgoingwebhooks WHERE channelid = $1", channel_id)


async def remove_team(db: Executor, team_id: str) -> None:
    """Removes a team's webhooks for good."""
    await db.execute("DELETE FROM outgoingwebhooks WHERE teamid = $1", team_id)


async def move_channel(db: Executor, channel_id: str, team_id: str) -> None:
    """Takes a channel's webhooks along into another team."""
    await db.execute("UPDATE outgoingwebhooks SET teamid = $2 WHERE channelid = $1", channel_id, team_id)
