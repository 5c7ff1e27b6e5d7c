"""SQL of what lines about posts, and about direct and group channels, say."""

from collections.abc import Sequence
from typing import Final

from mmfast.db.executor import Executor, Record

_COLUMNS: Final = """p.id, p.channelid, p.rootid, p.createat, p.editat, p.message, p.type, p.props::text AS props,
    p.ispinned, p.hasreactions, p.fileids, u.username"""

_IN_TEAM: Final = "c.type IN ('O', 'P') AND (c.deleteat = 0 OR $1) AND t.deleteat = 0"
_BESIDE: Final = "c.type IN ('D', 'G') AND (c.deleteat = 0 OR $1)"


async def list_roots(db: Executor, after: tuple[int, str], limit: int, *, direct: bool, archived: bool) -> list[Record]:
    """Posts that are no replies, in the order of their times, in direct and group channels or in those of teams."""
    return await db.fetch(
        f"""SELECT {_COLUMNS}, c.name AS channel, t.name AS team
            FROM posts p JOIN users u ON u.id = p.userid JOIN channels c ON c.id = p.channelid
              LEFT JOIN teams t ON t.id = c.teamid
            WHERE p.deleteat = 0 AND p.rootid = '' AND {_BESIDE if direct else _IN_TEAM}
              AND (p.createat, p.id) > ($2, $3) ORDER BY p.createat, p.id LIMIT $4""",
        archived,
        *after,
        limit,
    )


async def list_replies(db: Executor, root_ids: Sequence[str]) -> list[Record]:
    """The replies to these posts, in the order of their times."""
    return await db.fetch(
        f"""SELECT {_COLUMNS} FROM posts p JOIN users u ON u.id = p.userid
            WHERE p.rootid = ANY($1) AND p.deleteat = 0 ORDER BY p.createat, p.id""",
        list(root_ids),
    )


async def list_reactions(db: Executor, post_ids: Sequence[str]) -> list[Record]:
    """Reactions to these posts: postid, username, emojiname, createat."""
    return await db.fetch(
        """SELECT r.postid, u.username, r.emojiname, r.createat FROM reactions r JOIN users u ON u.id = r.userid
           WHERE r.postid = ANY($1) AND coalesce(r.deleteat, 0) = 0 ORDER BY r.createat, r.emojiname, u.username""",
        list(post_ids),
    )


async def list_files(db: Executor, post_ids: Sequence[str]) -> list[Record]:
    """Files of these posts: id, postid, path."""
    return await db.fetch(
        "SELECT id, postid, path FROM fileinfo WHERE postid = ANY($1) AND deleteat = 0 ORDER BY createat, id",
        list(post_ids),
    )


async def list_flags(db: Executor, post_ids: Sequence[str]) -> list[Record]:
    """Who has saved which of these posts: postid, username."""
    return await db.fetch(
        """SELECT p.name AS postid, u.username FROM preferences p JOIN users u ON u.id = p.userid
           WHERE p.category = 'flagged_post' AND p.name = ANY($1) AND p.value = 'true' ORDER BY u.username""",
        list(post_ids),
    )


async def list_followers(db: Executor, root_ids: Sequence[str]) -> list[Record]:
    """Who follows the threads of these posts: postid, username, lastviewed, unreadmentions."""
    return await db.fetch(
        """SELECT m.postid, u.username, m.lastviewed, m.unreadmentions FROM threadmemberships m
           JOIN users u ON u.id = m.userid WHERE m.postid = ANY($1) AND m.following ORDER BY u.username""",
        list(root_ids),
    )


async def list_attachments(db: Executor, after: str, limit: int, *, archived: bool) -> list[Record]:
    """Files of posts that an export has, in the order of their ids: id, path, size."""
    return await db.fetch(
        f"""SELECT f.id, f.path, f.size FROM fileinfo f
            JOIN posts p ON p.id = f.postid AND p.deleteat = 0 JOIN channels c ON c.id = p.channelid
            LEFT JOIN teams t ON t.id = c.teamid
            WHERE f.deleteat = 0 AND f.id > $2 AND ({_BESIDE} OR {_IN_TEAM}) ORDER BY f.id LIMIT $3""",
        archived,
        after,
        limit,
    )


async def list_direct_channels(db: Executor, after: str, limit: int) -> list[Record]:
    """Direct and group channels whose id comes after another."""
    return await db.fetch(
        """SELECT c.id, c.header FROM channels c WHERE c.type IN ('D', 'G') AND c.deleteat = 0 AND c.id > $1
           ORDER BY c.id LIMIT $2""",
        after,
        limit,
    )


async def list_members(db: Executor, channel_ids: Sequence[str]) -> list[Record]:
    """The members of these channels, with what they have read and whether it is a favourite of theirs."""
    return await db.fetch(
        """SELECT m.channelid, u.username, m.notifyprops::text AS notifyprops, m.lastviewedat, m.msgcount,
              m.msgcountroot, m.mentioncount, m.mentioncountroot, m.urgentmentioncount, m.schemeguest, m.schemeuser,
              m.schemeadmin, coalesce(p.value = 'true', false) AS favorite
           FROM channelmembers m JOIN users u ON u.id = m.userid
           LEFT JOIN preferences p ON p.userid = m.userid AND p.category = 'favorite_channel' AND p.name = m.channelid
           WHERE m.channelid = ANY($1) ORDER BY u.username""",
        list(channel_ids),
    )
