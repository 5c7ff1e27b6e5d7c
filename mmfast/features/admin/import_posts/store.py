"""Writes posts and all that hangs on them by the thousand, with one statement for each table."""

from collections.abc import Sequence

import msgspec

from mmfast.db.executor import Executor
from mmfast.features.admin.import_posts.types import Item, KnownPost, NewFile
from mmfast.features.messages.files.types import FileInfo, StoredFile
from mmfast.features.messages.hashtags.service import find_hashtags


async def list_known(db: Executor, items: Sequence[Item]) -> list[KnownPost]:
    """The posts at these moments in these channels, deleted ones too; earlier versions are left out."""
    places = sorted({(item.channel_id, item.created_at) for item in items})
    rows = await db.fetch(
        """SELECT p.id, p.channelid, p.userid, p.createat, COALESCE(p.message, ''), p.deleteat,
               COALESCE(NULLIF(p.fileids, ''), '[]')
           FROM unnest($1::text[], $2::bigint[]) AS k(channel, moment)
           JOIN posts p ON p.createat = k.moment AND p.channelid = k.channel
           WHERE COALESCE(p.originalid, '') = '' ORDER BY p.deleteat, p.id""",
        [channel_id for channel_id, _ in places],
        [moment for _, moment in places],
    )
    return [KnownPost(*row) for row in rows]


async def insert_posts(db: Executor, items: Sequence[Item]) -> None:
    """Writes new posts."""
    await db.execute(
        """INSERT INTO posts (id, createat, updateat, editat, deleteat, ispinned, userid, channelid, rootid, originalid,
               message, type, props, hashtags, filenames, fileids, hasreactions)
           SELECT id, made, GREATEST(made, edited), edited, 0, pinned, author, channel, root, '', message, type,
               props::jsonb, tags, '[]', files, reacted
           FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bool[], $5::text[], $6::text[], $7::text[],
               $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bool[])
               AS n(id, made, edited, pinned, author, channel, root, message, type, props, tags, files, reacted)""",
        [item.id for item in items],
        [item.created_at for item in items],
        [item.line.edit_at or 0 for item in items],
        [bool(item.line.is_pinned) for item in items],
        [item.user_id for item in items],
        [item.channel_id for item in items],
        [item.root_id for item in items],
        [item.message for item in items],
        [(item.line.type or "")[:26] for item in items],
        [msgspec.json.encode(item.line.props or {}).decode() for item in items],
        [find_hashtags(item.message) for item in items],
        [msgspec.json.encode(item.file_ids or []).decode() for item in items],
        [bool(item.line.reactions) for item in items],
    )


async def update_posts(db: Executor, items: Sequence[Item], now: int) -> None:
    """Changes posts that are there in what their lines say, those only in which something differs."""
    await db.execute(
        """UPDATE posts p SET props = COALESCE(n.props::jsonb, p.props), ispinned = COALESCE(n.pinned, p.ispinned),
               editat = COALESCE(n.edited, p.editat), fileids = COALESCE(n.files, p.fileids), updateat = $6
           FROM unnest($1::text[], $2::text[], $3::bool[], $4::bigint[], $5::text[])
               AS n(id, props, pinned, edited, files)
           WHERE p.id = n.id AND (n.props::jsonb <> p.props OR n.pinned <> p.ispinned OR n.edited <> p.editat
               OR n.files <> p.fileids)""",
        [item.id for item in items],
        [None if item.line.props is None else msgspec.json.encode(item.line.props).decode() for item in items],
        [item.line.is_pinned for item in items],
        [item.line.edit_at for item in items],
        [None if item.file_ids is None else msgspec.json.encode(item.file_ids).decode() for item in items],
        now,
    )


async def insert_reactions(db: Executor, reactions: Sequence[tuple[str, str, str, int, str]]) -> None:
    """Writes reactions (user, post, emoji, moment, channel) that are not there yet, and marks their posts."""
    await db.execute(
        """WITH added AS (
               INSERT INTO reactions (userid, postid, emojiname, createat, updateat, deleteat, remoteid, channelid)
               SELECT u, p, e, t, t, 0, '', c
               FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[]) AS n(u, p, e, t, c)
               ON CONFLICT DO NOTHING RETURNING postid)
           UPDATE posts SET hasreactions = true WHERE id IN (SELECT postid FROM added) AND NOT hasreactions""",
        [row[0] for row in reactions],
        [row[1] for row in reactions],
        [row[2] for row in reactions],
        [row[3] for row in reactions],
        [row[4] for row in reactions],
    )


async def insert_files(db: Executor, files: Sequence[NewFile]) -> None:
    """Writes files of posts."""
    await db.executemany(
        """INSERT INTO fileinfo (id, creatorid, postid, channelid, createat, updateat, deleteat, path, thumbnailpath,
               previewpath, name, extension, size, mimetype, width, height, haspreviewimage, minipreview, content,
               remoteid, archived)
           VALUES ($1, $2, $3, $4, $5, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', false)""",
        [_file_values(new.file, new.post_id, new.content) for new in files],
    )


def _file_values(file: StoredFile, post_id: str, content: str) -> tuple[object, ...]:
    info: FileInfo = file.info
    return (
        info.id, info.user_id, post_id, info.channel_id, info.create_at, file.path, file.thumbnail_path,
        file.preview_path, info.name, info.extension, info.size, info.mime_type, info.width or 0, info.height or 0,
        info.has_preview_image is True, info.mini_preview, content,
    )  # fmt: skip


async def list_files(db: Executor, post_ids: Sequence[str]) -> dict[str, list[tuple[str, str, int, str]]]:
    """Id, name, size and place of the files that these posts have, by post."""
    rows = await db.fetch(
        """SELECT postid, id, name, size, path FROM fileinfo WHERE postid = ANY($1::text[]) AND deleteat = 0
           ORDER BY createat, id""",
        list(post_ids),
    )
    found: dict[str, list[tuple[str, str, int, str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((row[1], row[2], row[3], row[4]))
    return found


async def drop_files(db: Executor, file_ids: Sequence[str], now: int) -> None:
    """Marks files that others take the place of."""
    await db.execute("UPDATE fileinfo SET deleteat = $2 WHERE id = ANY($1::text[])", list(file_ids), now)


async def count_in_channels(db: Executor, items: Sequence[Item]) -> None:
    """Adds new posts to the counters of their channels."""
    await db.execute(
        """UPDATE channels c SET totalmsgcount = totalmsgcount + n.every,
               totalmsgcountroot = totalmsgcountroot + n.roots,
               lastpostat = GREATEST(lastpostat, n.latest), lastrootpostat = GREATEST(lastrootpostat, n.latestroot)
           FROM (SELECT channel, count(*) FILTER (WHERE counted) AS every,
                     count(*) FILTER (WHERE counted AND NOT reply) AS roots, max(made) AS latest,
                     COALESCE(max(made) FILTER (WHERE NOT reply), 0) AS latestroot
                 FROM unnest($1::text[], $2::bigint[], $3::bool[], $4::bool[]) AS i(channel, made, counted, reply)
                 GROUP BY channel) AS n
           WHERE c.id = n.channel""",
        [item.channel_id for item in items],
        [item.created_at for item in items],
        [item.counts for item in items],
        [item.root is not None for item in items],
    )


async def count_threads(db: Executor, roots: Sequence[tuple[str, str, str]]) -> set[str]:
    """Writes threads (root, channel, team) as their replies are now. Gives the roots whose thread is new."""
    rows = await db.fetch(
        """WITH said AS (
               SELECT rootid, userid, count(*) AS n, max(createat) AS latest FROM posts
               WHERE rootid = ANY($1::text[]) AND deleteat = 0 GROUP BY rootid, userid),
           threads_now AS (
               SELECT rootid, sum(n)::bigint AS n, max(latest) AS latest, jsonb_agg(userid ORDER BY latest) AS people
               FROM said GROUP BY rootid),
           touched AS (
               UPDATE posts p SET updateat = GREATEST(p.updateat, t.latest) FROM threads_now t WHERE p.id = t.rootid)
           INSERT INTO threads (postid, replycount, lastreplyat, participants, channelid, threaddeleteat, threadteamid)
           SELECT t.rootid, t.n, t.latest, t.people, r.channel, 0, r.team
           FROM threads_now t
           JOIN unnest($1::text[], $2::text[], $3::text[]) AS r(root, channel, team) ON r.root = t.rootid
           ON CONFLICT (postid) DO UPDATE SET replycount = excluded.replycount, lastreplyat = excluded.lastreplyat,
               participants = excluded.participants
           RETURNING postid, (xmax = 0)""",
        [root for root, _, _ in roots],
        [channel for _, channel, _ in roots],
        [team for _, _, team in roots],
    )
    return {row[0] for row in rows if row[1]}


async def save_followers(db: Executor, followers: Sequence[tuple[str, str, int, int]], now: int) -> None:
    """Writes who follows which thread (root, user, read until, unread mentions); what was read only moves forward."""
    await db.execute(
        """INSERT INTO threadmemberships (postid, userid, following, lastviewed, lastupdated, unreadmentions)
           SELECT p, u, true, v, $5, m FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS x(p, u, v, m)
           ON CONFLICT (postid, userid) DO UPDATE SET
               lastviewed = GREATEST(threadmemberships.lastviewed, excluded.lastviewed)""",
        [row[0] for row in followers],
        [row[1] for row in followers],
        [row[2] for row in followers],
        [row[3] for row in followers],
        now,
    )
