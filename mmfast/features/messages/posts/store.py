"""SQL of the tables Posts and PostsPriority: single posts. Lists are in `post_lists.store`."""

from collections.abc import Sequence
from typing import Final

import msgspec

from mmfast.db.executor import Executor
from mmfast.features.messages.posts.types import COLUMNS, WIDTH, Draft, Post, post_of

_FULL: Final = (
    f"SELECT {COLUMNS}, COALESCE(t.replycount, 0) FROM posts p"
    " LEFT JOIN threads t ON t.postid = CASE WHEN p.rootid = '' THEN p.id ELSE p.rootid END"
)

_INSERT: Final = """
WITH new AS (
    INSERT INTO posts (id, createat, updateat, editat, deleteat, ispinned, userid, channelid, rootid, originalid,
        message, type, props, hashtags, filenames, fileids, hasreactions, remoteid)
    VALUES ($1, $2, $2, $3, 0, $4, $5, $6, $7, '', $8, $9, $10, $11, '[]', $12, $13, $14)
    ON CONFLICT (id) DO NOTHING
    RETURNING 1
), chan AS (
    UPDATE channels SET lastpostat = GREATEST(lastpostat, $2), totalmsgcount = totalmsgcount + $15,
        lastrootpostat = CASE WHEN $7 = '' THEN GREATEST(lastrootpostat, $2) ELSE lastrootpostat END,
        totalmsgcountroot = totalmsgcountroot + $16
    WHERE id = $6 AND EXISTS (SELECT 1 FROM new)
    RETURNING totalmsgcount, totalmsgcountroot, lastpostat
), told AS (
    UPDATE channelmembers SET mentioncount = COALESCE(mentioncount, 0) + 1,
        mentioncountroot = COALESCE(mentioncountroot, 0) + CASE WHEN $7 = '' THEN 1 ELSE 0 END,
        urgentmentioncount = COALESCE(urgentmentioncount, 0) + $17, lastupdateat = $2
    WHERE channelid = $6 AND userid = ANY($18::text[]) AND EXISTS (SELECT 1 FROM new)
), seen AS (
    UPDATE channelmembers m SET msgcount = chan.totalmsgcount, msgcountroot = chan.totalmsgcountroot,
        mentioncount = 0, mentioncountroot = 0, urgentmentioncount = 0, lastviewedat = chan.lastpostat,
        lastupdateat = $2
    FROM chan WHERE $19 AND m.channelid = $6 AND m.userid = $5
    RETURNING 1
)
SELECT (SELECT count(*) FROM new), (SELECT count(*) FROM seen), (SELECT lastpostat FROM chan)
"""
"""One statement, so that a post and everything that counts it are there together or not at all."""


async def insert(db: Executor, draft: Draft) -> tuple[bool, int]:
    """Writes a post and counts it in its channel and for those it mentions.

    Gives whether it is new (an id that exists is left alone), and the time up to which the author has thereby read the
    channel, 0 if that was not asked for or the author is not a member.
    """
    post = draft.post
    counts = post.counts_as_message
    row = await db.fetchrow(
        _INSERT,
        post.id, post.create_at, post.edit_at, post.is_pinned, post.user_id, post.channel_id, post.root_id,
        post.message, post.type, bytes(post.props).decode(), post.hashtags,
        bytes(post.file_ids).decode(), bool(post.has_reactions),
        post.remote_id if isinstance(post.remote_id, str) else None,
        int(counts), int(counts and not post.root_id), int(draft.is_urgent), list(draft.mentioned), draft.viewed,
    )  # fmt: skip
    assert row is not None
    return bool(row[0]), row[2] if row[1] else 0


async def find_post(db: Executor, post_id: str, *, deleted: bool = False) -> Post | None:
    """The post with the number of replies in its thread."""
    where = "p.id = $1" if deleted else "p.id = $1 AND p.deleteat = 0"
    row = await db.fetchrow(f"{_FULL} WHERE {where}", post_id)
    if row is None:
        return None
    post = post_of(row)
    post.reply_count = row[WIDTH]
    return post


async def list_by_ids(db: Executor, ids: Sequence[str]) -> list[Post]:
    """The posts with these ids, deleted or not, newest first."""
    rows = await db.fetch(f"{_FULL} WHERE p.id = ANY($1::text[]) ORDER BY p.createat DESC, p.id", list(ids))
    posts = [post_of(row) for row in rows]
    for post, row in zip(posts, rows, strict=True):
        post.reply_count = row[WIDTH]
    return posts


async def insert_priority(db: Executor, draft: Draft) -> None:
    """Writes the priority that was asked for."""
    wanted = draft.priority
    assert wanted is not None
    await db.execute(
        "INSERT INTO postspriority (postid, channelid, priority, requestedack, persistentnotifications)"
        " VALUES ($1, $2, $3, $4, $5)",
        draft.post.id,
        draft.post.channel_id,
        wanted.priority or "",
        wanted.requested_ack,
        wanted.persistent_notifications,
    )


async def set_file_ids(db: Executor, post_id: str, file_ids: list[str]) -> None:
    """Writes which files the post has."""
    await db.execute("UPDATE posts SET fileids = $2 WHERE id = $1", post_id, msgspec.json.encode(file_ids).decode())


async def mark_deleted(db: Executor, post: Post, deleted_by: str, now: int) -> None:
    """Marks the post, and with a root all its replies, as deleted."""
    await db.execute(
        "UPDATE posts SET deleteat = $2, updateat = $2,"
        " props = jsonb_set(COALESCE(props, '{}'), '{deleteBy}', to_jsonb($3::text))"
        " WHERE (id = $1 OR rootid = $1) AND deleteat = 0",
        post.id,
        now,
        deleted_by,
    )


async def remove(db: Executor, post: Post) -> list[str]:
    """Removes the post, its replies and all their versions for good. Gives the ids that are gone."""
    rows = await db.fetch(
        "WITH kept AS (SELECT id FROM posts WHERE id = $1 OR rootid = $1)"
        " DELETE FROM posts WHERE id IN (SELECT id FROM kept) OR originalid IN (SELECT id FROM kept) RETURNING id",
        post.id,
    )
    ids = [row[0] for row in rows]
    await _remove_belongings(db, ids)
    return ids


async def remove_channel(db: Executor, channel_id: str) -> None:
    """Removes all posts of a channel for good."""
    rows = await db.fetch("DELETE FROM posts WHERE channelid = $1 RETURNING id", channel_id)
    await _remove_belongings(db, [row[0] for row in rows])


async def _remove_belongings(db: Executor, ids: list[str]) -> None:
    for table in ("reactions", "postspriority", "postacknowledgements", "postreminders", "persistentnotifications"):
        await db.execute(f"DELETE FROM {table} WHERE postid = ANY($1::text[])", ids)
