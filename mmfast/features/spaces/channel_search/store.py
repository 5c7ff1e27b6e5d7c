"""SQL of searching channels."""

import re
from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.spaces.channel_lists.store import TEAM_COLUMNS, with_team
from mmfast.features.spaces.channel_search.types import AllChannelsSearch
from mmfast.features.spaces.channels.store import PREFIXED_COLUMNS, channel_of
from mmfast.features.spaces.channels.types import Channel, ChannelWithTeam

LIMIT = 100
AUTOCOMPLETE_LIMIT = 50

_TEXT = "(c.name || ' ' || c.displayname || ' ' || c.purpose)"


def like_pattern(term: str) -> str:
    """What LIKE takes to find the term, which may hold its special characters, anywhere."""
    plain = re.sub(r"([\\%_])", r"\\\1", clean(term))
    return f"%{plain}%"


def clean(term: str) -> str:
    """The term without the marks by which clients write channels and beginnings of words."""
    return term.strip().removeprefix("~").replace("*", "").lower()


def text_query(term: str) -> str:
    """The term's words as a text search query for beginnings of words; "" for one word, which LIKE finds alone."""
    words = re.findall(r"\w+", clean(term))
    return " & ".join(f"{word}:*" for word in words) if len(words) > 1 else ""


_MATCHES = f"""(lower(c.name) LIKE $2 OR lower(c.displayname) LIKE $2 OR lower(c.purpose) LIKE $2
    OR ($3 <> '' AND to_tsvector('english', {_TEXT}) @@ to_tsquery('english', $3)))"""
"""$2 is a `like_pattern`, $3 a `text_query`."""


async def search_public(db: Executor, team_id: str, term: str) -> list[Channel]:
    """The team's public channels, archived ones too, that the term is found in."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS} FROM channels c WHERE c.teamid = $1 AND c.type = 'O' AND {_MATCHES}
            ORDER BY c.displayname, c.id LIMIT {LIMIT}""",
        team_id,
        like_pattern(term),
        text_query(term),
    )
    return [channel_of(row) for row in rows]


async def search_own(db: Executor, team_id: str, term: str, user_id: str) -> list[Channel]:
    """Those public channels of the team, archived ones too, that the user is in and the term is found in."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS} FROM channels c JOIN channelmembers m ON m.channelid = c.id AND m.userid = $4
            WHERE c.teamid = $1 AND c.type = 'O' AND {_MATCHES} ORDER BY c.displayname, c.id LIMIT {LIMIT}""",
        team_id,
        like_pattern(term),
        text_query(term),
        user_id,
    )
    return [channel_of(row) for row in rows]


async def autocomplete(db: Executor, team_id: str, term: str, user_id: str, with_public: bool) -> list[Channel]:
    """The user's own and, unless they are a guest, the public channels of the team that the term is found in."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS} FROM channels c WHERE c.teamid = $1 AND {_MATCHES}
              AND ((c.type = 'O' AND $5) OR EXISTS (
                  SELECT 1 FROM channelmembers m WHERE m.channelid = c.id AND m.userid = $4))
            ORDER BY c.displayname, c.id LIMIT {AUTOCOMPLETE_LIMIT}""",
        team_id,
        like_pattern(term),
        text_query(term),
        user_id,
        with_public,
    )
    return [channel_of(row) for row in rows]


async def autocomplete_own(db: Executor, team_id: str, term: str, user_id: str) -> list[Channel]:
    """The user's channels in the team, groups and direct channels that the term is found in.

    A direct channel is found by the other's username, which takes the place of its display name.
    """
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS}, COALESCE(u.username, c.displayname) AS shown
            FROM channelmembers m JOIN channels c ON c.id = m.channelid
            LEFT JOIN users u ON c.type = 'D' AND u.id =
                CASE WHEN split_part(c.name, '__', 1) = $4 THEN split_part(c.name, '__', 2)
                     ELSE split_part(c.name, '__', 1) END
            WHERE m.userid = $4 AND (
                (c.teamid = $1 AND {_MATCHES})
                OR (c.type = 'D' AND lower(u.username) LIKE $2)
                OR (c.type = 'G' AND lower(c.displayname) LIKE $2))
            ORDER BY lower(COALESCE(u.username, c.displayname)), c.id LIMIT {AUTOCOMPLETE_LIMIT}""",
        team_id,
        like_pattern(term),
        text_query(term),
        user_id,
    )
    found = []
    for row in rows:
        channel = channel_of(row)
        channel.display_name = row["shown"]
        found.append(channel)
    return found


async def search_across_teams(db: Executor, term: str, user_id: str) -> list[ChannelWithTeam]:
    """The public and one's own private channels of all the user's teams that the term is found in."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS}, {TEAM_COLUMNS} FROM channels c
            JOIN teams t ON t.id = c.teamid AND t.deleteat = 0
            JOIN teammembers tm ON tm.teamid = t.id AND tm.userid = $1 AND tm.deleteat = 0
            WHERE c.deleteat = 0 AND {_MATCHES}
              AND ((c.type = 'O' AND NOT COALESCE(tm.schemeguest, false)) OR EXISTS (
                  SELECT 1 FROM channelmembers m WHERE m.channelid = c.id AND m.userid = $1))
            ORDER BY c.displayname, t.displayname, c.id LIMIT {LIMIT}""",
        user_id,
        like_pattern(term),
        text_query(term),
    )
    return [with_team(row) for row in rows]


_ALL = f"""FROM channels c JOIN teams t ON t.id = c.teamid
    WHERE c.type IN ('O', 'P') AND ({_MATCHES} OR ($1 <> '' AND c.id = $1))
      AND (cardinality($4::text[]) = 0 OR c.teamid = ANY($4))
      AND ($5::text[] IS NULL OR c.type::text = ANY($5))
      AND CASE WHEN $6 THEN c.deleteat <> 0 ELSE c.deleteat = 0 OR $7 END
      AND c.name <> ALL($8)
      AND ($9::bool IS NULL OR COALESCE(c.groupconstrained, false) = $9)
      AND ($10 = '' OR NOT EXISTS (
          SELECT 1 FROM groupchannels g WHERE g.channelid = c.id AND g.groupid = $10 AND g.deleteat = 0))
      AND (NOT $11 OR NOT EXISTS (SELECT 1 FROM sharedchannels s WHERE s.channelid = c.id AND NOT s.home))"""


def _arguments(search: AllChannelsSearch, left_out: Sequence[str]) -> list[object]:
    types = [kind for kind, wanted in (("O", search.public), ("P", search.private)) if wanted]
    constrained = True if search.group_constrained else False if search.exclude_group_constrained else None
    return [
        search.term.strip() if search.include_search_by_id else "",
        like_pattern(search.term),
        text_query(search.term),
        search.team_ids,
        types or None,
        search.deleted,
        search.include_deleted,
        list(left_out),
        constrained,
        search.not_associated_to_group,
        search.exclude_remote,
    ]


async def search_all(
    db: Executor, search: AllChannelsSearch, left_out: Sequence[str], offset: int, limit: int
) -> list[ChannelWithTeam]:
    """A page of all channels that fit the search, by display name, without those of the names left out."""
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS}, {TEAM_COLUMNS} {_ALL}
            ORDER BY c.displayname, t.displayname, c.id LIMIT $12 OFFSET $13""",
        *_arguments(search, left_out),
        limit,
        offset,
    )
    return [with_team(row) for row in rows]


async def count_all(db: Executor, search: AllChannelsSearch, left_out: Sequence[str]) -> int:
    """How many channels fit the search."""
    count: int = await db.fetchval(f"SELECT count(*) {_ALL}", *_arguments(search, left_out))
    return count


async def search_groups(db: Executor, term: str, user_id: str) -> list[Channel]:
    """The user's group channels in which each word of the term is found in some member's username."""
    patterns = [like_pattern(word) for word in term.split()]
    if not patterns:
        return []
    rows = await db.fetch(
        f"""SELECT {PREFIXED_COLUMNS} FROM channels c
            JOIN channelmembers own ON own.channelid = c.id AND own.userid = $1
            WHERE c.type = 'G' AND c.deleteat = 0 AND NOT EXISTS (
                SELECT 1 FROM unnest($2::text[]) AS p (pattern) WHERE NOT EXISTS (
                    SELECT 1 FROM channelmembers m JOIN users u ON u.id = m.userid
                    WHERE m.channelid = c.id AND u.username LIKE p.pattern))
            ORDER BY c.displayname, c.id LIMIT {LIMIT}""",
        user_id,
        patterns,
    )
    return [channel_of(row) for row in rows]
