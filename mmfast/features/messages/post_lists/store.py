"""SQL that lists posts. Every statement fetches one row more than asked for where the answer names its neighbour."""

from collections.abc import Sequence
from typing import Final

import msgspec

from mmfast.db.executor import Executor, Record
from mmfast.features.messages.post_lists.types import ThreadPage, Window
from mmfast.features.messages.posts.types import COLUMNS, WIDTH, Post, post_of

COUNTED: Final = f"SELECT {COLUMNS}, COALESCE(t.replycount, 0) FROM posts p"
WITH_COUNT: Final = " LEFT JOIN threads t ON t.postid = CASE WHEN p.rootid = '' THEN p.id ELSE p.rootid END"
PLAIN: Final = f"SELECT {COLUMNS} FROM posts p"
NEWEST_FIRST: Final = " ORDER BY p.createat DESC, p.id DESC"
SINCE_LIMIT: Final = 1_000

_names = msgspec.json.Decoder(list[str])


def _counted(rows: Sequence[Record]) -> list[Post]:
    posts = []
    for row in rows:
        post = post_of(row)
        post.reply_count = row[WIDTH]
        posts.append(post)
    return posts


def _filter(window: Window) -> str:
    kept = "" if window.include_deleted else " AND p.deleteat = 0"
    versions = " AND p.originalid = ''" if window.include_deleted else ""
    return kept + versions + (" AND p.rootid = ''" if window.roots_only else "")


async def get_latest_change(db: Executor, channel_id: str) -> int:
    """When a post of the channel last changed."""
    return await db.fetchval("SELECT max(updateat) FROM posts WHERE channelid = $1", channel_id) or 0


async def list_channel(db: Executor, channel_id: str, window: Window, *, counted: bool) -> list[Post]:
    """A channel's posts, newest first."""
    where = f" WHERE p.channelid = $1{_filter(window)}{NEWEST_FIRST} LIMIT $2 OFFSET $3"
    sql = f"{COUNTED}{WITH_COUNT}{where}" if counted else f"{PLAIN}{where}"
    rows = await db.fetch(sql, channel_id, window.limit, window.offset)
    return _counted(rows) if counted else [post_of(row) for row in rows]


async def list_before(db: Executor, channel_id: str, post_id: str, window: Window) -> list[Post]:
    """The posts just before a post, newest first."""
    rows = await db.fetch(
        f"{COUNTED}{WITH_COUNT} WHERE p.channelid = $1{_filter(window)}"
        " AND p.createat < (SELECT createat FROM posts WHERE id = $4)"
        f"{NEWEST_FIRST} LIMIT $2 OFFSET $3",
        channel_id,
        window.limit,
        window.offset,
        post_id,
    )
    return _counted(rows)


async def list_after(db: Executor, channel_id: str, post_id: str, window: Window) -> list[Post]:
    """The posts just after a post, oldest first."""
    rows = await db.fetch(
        f"{COUNTED}{WITH_COUNT} WHERE p.channelid = $1{_filter(window)}"
        " AND p.createat > (SELECT createat FROM posts WHERE id = $4)"
        " ORDER BY p.createat, p.id LIMIT $2 OFFSET $3",
        channel_id,
        window.limit,
        window.offset,
        post_id,
    )
    return _counted(rows)


async def list_since(db: Executor, channel_id: str, since: int, *, roots_only: bool, counted: bool) -> list[Post]:
    """The posts that changed after a time, also deleted ones, newest first."""
    roots = " AND p.rootid = ''" if roots_only else ""
    where = (
        f" WHERE p.channelid = $1 AND p.updateat > $2 AND p.originalid = ''{roots}{NEWEST_FIRST} LIMIT {SINCE_LIMIT}"
    )
    sql = f"{COUNTED}{WITH_COUNT}{where}" if counted else f"{PLAIN}{where}"
    rows = await db.fetch(sql, channel_id, since)
    return _counted(rows) if counted else [post_of(row) for row in rows]


async def list_threads_of(
    db: Executor, root_ids: Sequence[str], *, whole: bool, counted: bool, deleted: bool = False
) -> list[Post]:
    """The roots of threads and, if the whole threads are wanted, all their replies."""
    which = "(p.id = ANY($1::text[]) OR p.rootid = ANY($1::text[]))" if whole else "p.id = ANY($1::text[])"
    kept = " AND p.originalid = ''" if deleted else " AND p.deleteat = 0"
    join = WITH_COUNT if counted else ""
    rows = await db.fetch(f"{COUNTED if counted else PLAIN}{join} WHERE {which}{kept}", list(root_ids))
    return _counted(rows) if counted else [post_of(row) for row in rows]


async def list_collapsed(
    db: Executor, root_ids: Sequence[str], user_id: str
) -> dict[str, tuple[int, int, list[str], bool | None]]:
    """Of the threads that roots begin: replies, the last one's time, who replied, whether the user follows."""
    rows = await db.fetch(
        "SELECT p.id, COALESCE(t.replycount, 0), COALESCE(t.lastreplyat, 0), COALESCE(t.participants, '[]')::text,"
        " m.following FROM unnest($1::text[]) AS p (id) LEFT JOIN threads t ON t.postid = p.id"
        " LEFT JOIN threadmemberships m ON m.postid = p.id AND m.userid = $2"
        " WHERE t.postid IS NOT NULL OR m.postid IS NOT NULL",
        list(root_ids),
        user_id,
    )
    return {row[0]: (row[1], row[2], _names.decode(row[3]), row[4]) for row in rows}


async def list_followed(db: Executor, root_ids: Sequence[str], user_id: str) -> dict[str, bool]:
    """Of these threads, those that the user follows or once did."""
    rows = await db.fetch(
        "SELECT postid, COALESCE(following, false) FROM threadmemberships"
        " WHERE userid = $2 AND postid = ANY($1::text[])",
        list(root_ids),
        user_id,
    )
    return {row[0]: row[1] for row in rows}


async def find_neighbour(db: Executor, channel_id: str, post: Post, *, newer: bool, window: Window) -> str:
    """The id of the post next to this one in the channel, "" at the end."""
    sign, order = (">", "") if newer else ("<", " DESC")
    found = await db.fetchval(
        f"SELECT p.id FROM posts p WHERE p.channelid = $1{_filter(window)} AND p.createat {sign} $2"
        f" ORDER BY p.createat{order} LIMIT 1",
        channel_id,
        post.create_at,
    )
    return found or ""


async def list_thread(db: Executor, root_id: str, page: ThreadPage) -> list[Post]:
    """A part of a thread in the page's order, one post more than its size if there is one. The root comes with it."""
    time = "updateat" if page.updates_only else "createat"
    sign, order = ("<", "DESC") if page.up else (">", "ASC")
    conditions, args = [], [root_id]
    if page.from_update_at:
        args.append(page.from_update_at)  # type: ignore[arg-type]
        conditions.append(f"p.updateat {sign} ${len(args)}")
    if page.from_create_at:
        args += [page.from_create_at, page.from_post]  # type: ignore[list-item]
        n = len(args)
        conditions.append(f"(p.createat {sign} ${n - 1} OR (p.createat = ${n - 1} AND p.id {sign} ${n}::text))")
    which = "p.rootid = $1" if conditions or page.up else "(p.id = $1 OR p.rootid = $1)"
    limit = f" LIMIT {page.size + 1}" if page.size else ""
    rows = await db.fetch(
        f"{COUNTED}{WITH_COUNT} WHERE {' AND '.join([which, 'p.deleteat = 0', *conditions])}"
        f" ORDER BY p.{time} {order}, p.id {order}{limit}",
        *args,
    )
    return _counted(rows)
