"""SQL of the tables Threads and ThreadMemberships."""

import msgspec

from mmfast.db.executor import Executor
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.threads.types import Thread, ThreadMembership

_participants = msgspec.json.Decoder(list[str])
_memberships = msgspec.json.Decoder(list[tuple[str, bool, int, int, int]])


async def add_reply(db: Executor, reply: Post, team_id: str) -> tuple[Thread, list[ThreadMembership]]:
    """Counts a reply in its thread, which is made with the first, and notes the change at the root.

    Gives the thread, and everybody who follows it or once did with what each has not read, the reply included.
    """
    row = await db.fetchrow(
        """
        WITH root AS (
            UPDATE posts SET updateat = GREATEST(updateat, $3) WHERE id = $1
        ), thread AS (
            INSERT INTO threads (postid, replycount, lastreplyat, participants, channelid, threaddeleteat, threadteamid)
            VALUES ($1, 1, $3, jsonb_build_array($4::text), $2, 0, $5)
            ON CONFLICT (postid) DO UPDATE SET replycount = threads.replycount + 1,
                lastreplyat = GREATEST(threads.lastreplyat, excluded.lastreplyat),
                participants = (COALESCE(threads.participants, '[]') - $4::text) || excluded.participants
            RETURNING postid, replycount, lastreplyat, participants
        )
        SELECT postid, replycount, lastreplyat, participants::text, (
            SELECT jsonb_agg(jsonb_build_array(m.userid, COALESCE(m.following, false), COALESCE(m.lastviewed, 0),
                COALESCE(m.unreadmentions, 0), (SELECT count(*) FROM posts p
                    WHERE p.rootid = $1 AND p.deleteat = 0 AND p.createat > COALESCE(m.lastviewed, 0))))::text
            FROM threadmemberships m WHERE m.postid = $1
        ), EXISTS (SELECT 1 FROM postspriority WHERE postid = $1 AND priority = 'urgent') FROM thread
        """,
        reply.root_id,
        reply.channel_id,
        reply.create_at,
        reply.user_id,
        team_id,
    )
    assert row is not None
    members = [ThreadMembership(*member) for member in _memberships.decode(row[4])] if row[4] else []
    return Thread(row[0], row[1], row[2], _participants.decode(row[3]), is_urgent=row[5]), members


async def save_memberships(db: Executor, root_id: str, members: list[ThreadMembership], now: int) -> None:
    """Writes memberships."""
    await db.execute(
        """
        INSERT INTO threadmemberships (postid, userid, following, lastviewed, lastupdated, unreadmentions)
        SELECT $1, u, f, v, $6, m FROM unnest($2::text[], $3::bool[], $4::bigint[], $5::bigint[]) AS x(u, f, v, m)
        ON CONFLICT (postid, userid) DO UPDATE SET following = excluded.following, lastviewed = excluded.lastviewed,
            lastupdated = excluded.lastupdated, unreadmentions = excluded.unreadmentions
        """,
        root_id,
        [m.user_id for m in members],
        [m.following for m in members],
        [m.last_viewed for m in members],
        [m.unread_mentions for m in members],
        now,
    )


async def remove_reply(db: Executor, reply: Post, now: int) -> None:
    """Takes a deleted reply out of its thread's numbers."""
    await db.execute(
        """
        WITH rest AS (
            SELECT count(*) AS replies, COALESCE(max(createat), 0) AS latest FROM posts
            WHERE rootid = $1 AND deleteat = 0
        ), who AS (
            SELECT jsonb_agg(userid ORDER BY latest) AS ids FROM (
                SELECT userid, max(createat) AS latest FROM posts WHERE rootid = $1 AND deleteat = 0 GROUP BY userid
            ) x
        ), root AS (
            UPDATE posts SET updateat = GREATEST(updateat, $2) WHERE id = $1
        )
        UPDATE threads SET replycount = rest.replies, lastreplyat = rest.latest,
            participants = COALESCE(who.ids, '[]')
        FROM rest, who WHERE postid = $1
        """,
        reply.root_id,
        now,
    )


async def mark_deleted(db: Executor, root_id: str, now: int) -> None:
    """Marks the thread of a deleted root."""
    await db.execute("UPDATE threads SET threaddeleteat = $2 WHERE postid = $1", root_id, now)


async def remove(db: Executor, root_id: str) -> None:
    """Removes a thread and all memberships of it."""
    await db.execute("DELETE FROM threadmemberships WHERE postid = $1", root_id)
    await db.execute("DELETE FROM threads WHERE postid = $1", root_id)


async def find_participants(db: Executor, root_id: str) -> list[str]:
    """The ids of those who replied in the thread."""
    found = await db.fetchval("SELECT participants::text FROM threads WHERE postid = $1", root_id)
    return _participants.decode(found) if found else []


async def mark_channels_read(db: Executor, user_id: str, channel_ids: list[str], now: int) -> None:
    """Marks the threads of these channels that the user follows as read."""
    await db.execute(
        """
        UPDATE threadmemberships m SET lastviewed = $3, lastupdated = $3, unreadmentions = 0 FROM threads t
        WHERE t.postid = m.postid AND t.channelid = ANY($2) AND m.userid = $1 AND m.following
            AND (t.lastreplyat > COALESCE(m.lastviewed, 0) OR m.unreadmentions > 0)
        """,
        user_id,
        channel_ids,
        now,
    )


async def remove_channel(db: Executor, channel_id: str) -> None:
    """Removes all threads of a channel and the memberships of them."""
    await db.execute(
        "DELETE FROM threadmemberships m USING threads t WHERE t.postid = m.postid AND t.channelid = $1", channel_id
    )
    await db.execute("DELETE FROM threads WHERE channelid = $1", channel_id)
