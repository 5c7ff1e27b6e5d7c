"""SQL of the table Reactions, and of the mark in Posts that tells of them.

A reaction that was taken back stays as a deleted row.
"""

from collections.abc import Sequence
from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.reactions.types import Reaction

COLUMNS: Final = (
    "userid, postid, emojiname, createat, COALESCE(updateat, 0), COALESCE(deleteat, 0), COALESCE(remoteid, ''),"
    " channelid"
)


async def list_by_posts(db: Executor, ids: Sequence[str]) -> dict[str, list[Reaction]]:
    """The reactions to these posts, oldest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM reactions WHERE postid = ANY($1::text[]) AND COALESCE(deleteat, 0) = 0"
        " ORDER BY createat, userid, emojiname",
        list(ids),
    )
    found: dict[str, list[Reaction]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(Reaction(*row))
    return found


async def save(db: Executor, reaction: Reaction, max_emojis: int) -> int:
    """Writes a reaction unless it would be one emoji too many. Gives since when it is there, 0 if it is not."""
    found: int | None = await db.fetchval(
        """
        WITH names AS (SELECT DISTINCT emojiname FROM reactions WHERE postid = $2 AND COALESCE(deleteat, 0) = 0),
        saved AS (
            INSERT INTO reactions (userid, postid, emojiname, createat, updateat, deleteat, remoteid, channelid)
            SELECT $1, $2, $3::varchar, $4, $5, 0, $6, $7
            WHERE (SELECT count(*) < $8 FROM names) OR EXISTS (SELECT 1 FROM names WHERE emojiname = $3::varchar)
            ON CONFLICT (postid, userid, emojiname) DO UPDATE SET updateat = excluded.updateat, deleteat = 0,
                createat = CASE WHEN COALESCE(reactions.deleteat, 0) = 0 THEN reactions.createat
                    ELSE excluded.createat END
            RETURNING createat
        ), marked AS (
            UPDATE posts SET hasreactions = true, updateat = GREATEST(updateat, $5)
            WHERE id = $2 AND EXISTS (SELECT 1 FROM saved)
        )
        SELECT createat FROM saved
        """,
        reaction.user_id,
        reaction.post_id,
        reaction.emoji_name,
        reaction.create_at,
        reaction.update_at,
        reaction.remote_id,
        reaction.channel_id,
        max_emojis,
    )
    return found or 0


async def mark_deleted(db: Executor, reaction: Reaction) -> None:
    """Takes a reaction back; the post forgets its mark with the last one.

    The condition on `gone` makes PostgreSQL lock the reaction before the post, as `save` does: in the other order, the
    two meeting at one post would deadlock.
    """
    await db.execute(
        """
        WITH gone AS (
            UPDATE reactions SET deleteat = $4, updateat = $4
            WHERE postid = $2 AND userid = $1 AND emojiname = $3 AND COALESCE(deleteat, 0) = 0
            RETURNING 1
        )
        UPDATE posts SET updateat = GREATEST(updateat, $4), hasreactions = EXISTS (
            SELECT 1 FROM reactions WHERE postid = $2 AND COALESCE(deleteat, 0) = 0
                AND NOT (userid = $1 AND emojiname = $3)
        ) WHERE id = $2 AND (SELECT count(*) FROM gone) >= 0
        """,
        reaction.user_id,
        reaction.post_id,
        reaction.emoji_name,
        reaction.update_at,
    )


async def mark_deleted_with(db: Executor, emoji_name: str, now: int) -> None:
    """Takes all reactions with an emoji back."""
    await db.execute(
        """
        WITH gone AS (
            UPDATE reactions SET deleteat = $2, updateat = $2 WHERE emojiname = $1 AND COALESCE(deleteat, 0) = 0
            RETURNING postid
        )
        UPDATE posts p SET updateat = GREATEST(updateat, $2), hasreactions = EXISTS (
            SELECT 1 FROM reactions r WHERE r.postid = p.id AND COALESCE(r.deleteat, 0) = 0 AND r.emojiname <> $1
        ) WHERE id IN (SELECT postid FROM gone)
        """,
        emoji_name,
        now,
    )
