"""SQL of one user's memberships in threads."""

from typing import Final

import msgspec

from mmfast.db.executor import Executor, Record
from mmfast.features.messages.followed_threads.types import FollowedThread, Selection, ThreadTotals
from mmfast.features.messages.posts.types import COLUMNS, WIDTH, post_of

_THREADS: Final = """
    SELECT m.postid, m.lastviewed, m.unreadmentions, t.replycount, t.lastreplyat, t.participants, t.threaddeleteat
    FROM threadmemberships m JOIN threads t ON t.postid = m.postid
"""
_SELECT: Final = f"""
    SELECT {COLUMNS}, COALESCE(x.replycount, 0), COALESCE(x.lastreplyat, 0), COALESCE(x.participants, '[]')::text,
        COALESCE(x.threaddeleteat, 0), COALESCE(x.lastviewed, 0), COALESCE(x.unreadmentions, 0),
        (SELECT count(*) FROM posts r WHERE r.rootid = x.postid
            AND (r.deleteat = 0 OR x.threaddeleteat > 0) AND r.createat > COALESCE(x.lastviewed, 0)),
        EXISTS (SELECT 1 FROM postspriority y WHERE y.postid = x.postid AND y.priority = 'urgent')
    FROM page x JOIN posts p ON p.id = x.postid
"""
"""What is shown of the threads in `page`, which is chosen first, so that the work does not grow with their number."""
_UNREAD: Final = "COALESCE(t.lastreplyat, 0) > COALESCE(m.lastviewed, 0)"

_names = msgspec.json.Decoder(list[str])


def _thread_of(row: Record) -> FollowedThread:
    replies, latest, participants, *rest = tuple(row)[WIDTH:]
    return FollowedThread(post_of(row), replies, latest, _names.decode(participants), *rest)


def _conditions(selection: Selection) -> str:
    """Which threads count: $1 is the user, $2 the team."""
    found = ["m.userid = $1", "m.following"]
    found.append("t.threadteamid = $2" if selection.without_direct else "COALESCE(t.threadteamid, '') IN ($2, '')")
    if not selection.include_deleted:
        found.append("COALESCE(t.threaddeleteat, 0) = 0")
    if selection.unread_only:
        found.append(_UNREAD)
    return " AND ".join(found)


async def list_followed(db: Executor, selection: Selection) -> list[FollowedThread]:
    """The followed threads with the latest replies first; after a given thread, the other way round."""
    border = "(SELECT lastreplyat FROM threads WHERE postid = $5)"
    further, order = "", "DESC"
    args = [selection.user_id, selection.team_id, selection.limit, selection.since]
    if selection.before or selection.after:
        args.append(selection.before or selection.after)
        further = f" AND t.lastreplyat {'<' if selection.before else '>'} {border}"
        order = "DESC" if selection.before else "ASC"
    rows = await db.fetch(
        f"WITH page AS MATERIALIZED ({_THREADS} WHERE {_conditions(selection)}"
        f" AND ($4::bigint = 0 OR m.lastupdated >= $4 OR t.lastreplyat >= $4){further}"
        f" ORDER BY t.lastreplyat {order}, t.postid {order} LIMIT $3)"
        f"{_SELECT} ORDER BY x.lastreplyat {order}, x.postid {order}",
        *args,
    )
    return [_thread_of(row) for row in rows]


async def get_totals(db: Executor, selection: Selection) -> ThreadTotals:
    """The numbers of all threads that count, whichever page of them is wanted."""
    row = await db.fetchrow(
        f"""
        SELECT count(*), count(*) FILTER (WHERE {_UNREAD}), COALESCE(sum(m.unreadmentions), 0)::bigint,
            COALESCE(sum(m.unreadmentions) FILTER (WHERE y.priority = 'urgent'), 0)::bigint
        FROM threadmemberships m JOIN threads t ON t.postid = m.postid
        LEFT JOIN postspriority y ON y.postid = t.postid WHERE {_conditions(selection)}
        """,
        selection.user_id,
        selection.team_id,
    )
    assert row is not None
    return ThreadTotals(*row)


async def find_following(db: Executor, user_id: str, thread_id: str) -> bool | None:
    """Whether the user follows the thread; None for who never did."""
    found: bool | None = await db.fetchval(
        "SELECT COALESCE(following, false) FROM threadmemberships WHERE postid = $2 AND userid = $1", user_id, thread_id
    )
    return found


async def find_followed(db: Executor, user_id: str, thread_id: str) -> FollowedThread | None:
    """A thread that the user follows."""
    one = f"{_THREADS} WHERE m.userid = $1 AND m.postid = $2 AND m.following"
    row = await db.fetchrow(f"WITH page AS ({one}) {_SELECT}", user_id, thread_id)
    return _thread_of(row) if row else None


async def set_following(db: Executor, user_id: str, thread_id: str, following: bool, now: int) -> int:
    """Follows or unfollows; who begins to follow has read everything so far. Gives the number of replies."""
    replies: int = await db.fetchval(
        """
        WITH done AS (
            INSERT INTO threadmemberships (postid, userid, following, lastviewed, lastupdated, unreadmentions)
            VALUES ($2, $1, $3, CASE WHEN $3 THEN $4::bigint ELSE 0 END, $4, 0)
            ON CONFLICT (postid, userid) DO UPDATE SET following = $3, lastupdated = $4,
                lastviewed = CASE WHEN $3 AND NOT COALESCE(threadmemberships.following, false) THEN $4::bigint
                    ELSE threadmemberships.lastviewed END,
                unreadmentions = CASE WHEN $3 AND NOT COALESCE(threadmemberships.following, false) THEN 0
                    ELSE threadmemberships.unreadmentions END
        )
        SELECT COALESCE((SELECT replycount FROM threads WHERE postid = $2), 0)
        """,
        user_id,
        thread_id,
        following,
        now,
    )
    return replies


async def forget_channel(db: Executor, user_id: str, channel_id: str) -> None:
    """Removes the user's memberships in a channel's threads."""
    await db.execute(
        "DELETE FROM threadmemberships m USING posts p WHERE m.userid = $1 AND p.id = m.postid AND p.channelid = $2",
        user_id,
        channel_id,
    )
