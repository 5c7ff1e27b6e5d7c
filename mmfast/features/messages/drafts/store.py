"""SQL of the table Drafts."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import UNSET, Raw

from mmfast.db.executor import Executor, Record
from mmfast.features.messages.drafts.types import Draft

COLUMNS: Final = (
    "d.createat, d.updateat, COALESCE(d.deleteat, 0), d.userid, d.channelid, d.rootid, COALESCE(d.message, ''),"
    " COALESCE(d.type, ''), COALESCE(NULLIF(d.props, ''), '{}'), COALESCE(NULLIF(d.fileids, ''), '[]'),"
    " COALESCE(d.priority, '')"
)
_NO_PRIORITY: Final = ("", "{}", "null")

_ids = msgspec.json.Decoder(list[str] | None)


def _draft_of(row: Record) -> Draft:
    draft = Draft(*row)
    props, file_ids, priority = row[8], row[9], row[10]
    draft.props = Raw(props.encode())
    draft.file_ids = _ids.decode(file_ids) or UNSET
    draft.priority = UNSET if priority in _NO_PRIORITY else Raw(priority.encode())
    return draft


async def save(db: Executor, draft: Draft) -> int:
    """Writes a draft in place of an older one. Gives since when there is one."""
    created: int = await db.fetchval(
        """
        INSERT INTO drafts (createat, updateat, deleteat, userid, channelid, rootid, message, type, props, fileids,
            priority)
        VALUES ($1, $1, 0, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (userid, channelid, rootid) DO UPDATE SET updateat = excluded.updateat, deleteat = 0,
            message = excluded.message, type = excluded.type, props = excluded.props, fileids = excluded.fileids,
            priority = excluded.priority
        RETURNING createat
        """,
        draft.update_at,
        draft.user_id,
        draft.channel_id,
        draft.root_id,
        draft.message,
        draft.type,
        bytes(draft.props).decode(),
        msgspec.json.encode(draft.file_ids or []).decode(),
        "{}" if draft.priority is UNSET else bytes(draft.priority).decode(),
    )
    return created


async def delete(db: Executor, user_id: str, channel_id: str, root_id: str) -> Draft | None:
    """Removes a draft. Gives what it was."""
    row = await db.fetchrow(
        f"DELETE FROM drafts d WHERE userid = $1 AND channelid = $2 AND rootid = $3 RETURNING {COLUMNS}",
        user_id,
        channel_id,
        root_id,
    )
    return _draft_of(row) if row else None


async def delete_of_thread(db: Executor, channel_id: str, root_id: str) -> None:
    """Removes everybody's drafts of replies to a post."""
    await db.execute("DELETE FROM drafts WHERE channelid = $1 AND rootid = $2", channel_id, root_id)


async def delete_of_channel(db: Executor, channel_id: str) -> None:
    """Removes everybody's drafts in a channel."""
    await db.execute("DELETE FROM drafts WHERE channelid = $1", channel_id)


async def list_of_team(db: Executor, user_id: str, team_id: str) -> Sequence[Draft]:
    """The user's drafts in channels of the team that they are in and in direct messages, the latest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM drafts d JOIN channels c ON c.id = d.channelid"
        " JOIN channelmembers m ON m.channelid = d.channelid AND m.userid = d.userid"
        " WHERE d.userid = $1 AND COALESCE(d.deleteat, 0) = 0 AND COALESCE(c.teamid, '') IN ($2, '')"
        " ORDER BY d.updateat DESC",
        user_id,
        team_id,
    )
    return [_draft_of(row) for row in rows]
