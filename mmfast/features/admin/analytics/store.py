"""SQL that counts. Each statement takes a team's id, or "" for the whole server."""

from mmfast.db.executor import Executor
from mmfast.features.admin.analytics.types import Figure

_STANDARD = """
    SELECT
      (SELECT count(*) FROM channels WHERE type = 'O' AND deleteat = 0 AND ($1 = '' OR teamid = $1)),
      (SELECT count(*) FROM channels WHERE type = 'P' AND deleteat = 0 AND ($1 = '' OR teamid = $1)),
      CASE WHEN $1 = '' THEN (SELECT count(*) FROM posts)
        ELSE (SELECT count(*) FROM posts p JOIN channels c ON c.id = p.channelid WHERE c.teamid = $1) END,
      CASE WHEN $1 = ''
        THEN (SELECT count(*) FROM users u WHERE deleteat = 0
              AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id))
        ELSE (SELECT count(*) FROM teammembers m JOIN users u ON u.id = m.userid
              WHERE m.teamid = $1 AND m.deleteat = 0 AND u.deleteat = 0
              AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id)) END,
      (SELECT count(*) FROM teams WHERE deleteat = 0),
      (SELECT count(*) FROM status s WHERE s.lastactivityat > $2
       AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = s.userid)),
      (SELECT count(*) FROM status s WHERE s.lastactivityat > $3
       AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = s.userid)),
      (SELECT count(*) FROM users u WHERE deleteat > 0
       AND NOT EXISTS (SELECT 1 FROM bots b WHERE b.userid = u.id)),
      (SELECT count(*) FROM users u WHERE u.deleteat = 0 AND 'system_guest' = ANY(string_to_array(u.roles, ' '))
       AND (SELECT count(*) FROM channelmembers m JOIN channels c ON c.id = m.channelid
            WHERE m.userid = u.id AND c.type IN ('O', 'P') AND c.deleteat = 0) = 1)"""

_EXTRA = """
    SELECT
      (SELECT count(*) FROM incomingwebhooks WHERE deleteat = 0 AND ($1 = '' OR teamid = $1)),
      (SELECT count(*) FROM outgoingwebhooks WHERE deleteat = 0 AND ($1 = '' OR teamid = $1)),
      (SELECT count(*) FROM commands WHERE deleteat = 0 AND ($1 = '' OR teamid = $1)),
      (SELECT count(*) FROM sessions WHERE expiresat > $2),
      (SELECT count(*) FROM fileinfo f WHERE deleteat = 0
       AND ($1 = '' OR EXISTS (SELECT 1 FROM channels c WHERE c.id = f.channelid AND c.teamid = $1))),
      (SELECT COALESCE(sum(size), 0)::bigint FROM fileinfo f WHERE deleteat = 0
       AND ($1 = '' OR EXISTS (SELECT 1 FROM channels c WHERE c.id = f.channelid AND c.teamid = $1)))"""

_BY_DAY = """
    SELECT to_char(to_timestamp(p.createat / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, {counted}
    FROM posts p {joined}
    WHERE p.createat >= $2
      AND ($1 = '' OR EXISTS (SELECT 1 FROM channels c WHERE c.id = p.channelid AND c.teamid = $1))
    GROUP BY day ORDER BY day DESC LIMIT 31"""

POSTS_BY_DAY = _BY_DAY.format(counted="count(*)", joined="")
BOT_POSTS_BY_DAY = _BY_DAY.format(counted="count(*)", joined="JOIN bots b ON b.userid = p.userid")
AUTHORS_BY_DAY = _BY_DAY.format(counted="count(DISTINCT p.userid)", joined="")


async def get_standard(db: Executor, team_id: str, day_ago: int, month_ago: int) -> list[int]:
    """Channels public and private, posts, users, teams, active in a day and a month, inactive, one-channel guests."""
    row = await db.fetchrow(_STANDARD, team_id, day_ago, month_ago)
    return list(row) if row is not None else []


async def get_extra(db: Executor, team_id: str, now: int) -> list[int]:
    """Webhooks in and out, commands, sessions, files and their bytes."""
    row = await db.fetchrow(_EXTRA, team_id, now)
    return list(row) if row is not None else []


async def list_by_day(db: Executor, statement: str, team_id: str, since: int) -> list[Figure]:
    """A figure for each day on which there was something, the latest first."""
    return [Figure(*row) for row in await db.fetch(statement, team_id, since)]
