"""SQL of the report of users. What they posted comes from the view poststats, which is brought up to date daily."""

from typing import Final

from mmfast.db.executor import Executor, Record
from mmfast.features.admin.reports.types import SORT_COLUMNS, UserFilter, UserReportQuery
from mmfast.features.identity.users.store import COLUMNS, TABLES

USER_WIDTH: Final = 33
"""How many of a row's columns are the user's."""

_FILTER: Final = """
    b.userid IS NULL
    AND ($1 = '' OR CASE WHEN $1 = 'system_user' THEN u.roles = $1 ELSE $1 = ANY(string_to_array(u.roles, ' ')) END)
    AND ($2 = '' OR EXISTS (SELECT 1 FROM teammembers m WHERE m.userid = u.id AND m.teamid = $2 AND m.deleteat = 0))
    AND (NOT $3 OR NOT EXISTS (SELECT 1 FROM teammembers m WHERE m.userid = u.id AND m.deleteat = 0))
    AND (NOT $4 OR u.deleteat > 0) AND (NOT $5 OR u.deleteat = 0)
    AND ($6 = '' OR u.username ILIKE $6 OR u.firstname ILIKE $6 OR u.lastname ILIKE $6 OR u.nickname ILIKE $6
         OR u.email ILIKE $6)"""

_STATISTICS: Final = """
    LEFT JOIN LATERAL (SELECT count(*) AS days, sum(numposts)::bigint AS posts, max(lastpostdate) AS last
                       FROM poststats WHERE userid = u.id
                         AND ($9::bigint = 0 OR day >= to_timestamp($9::bigint / 1000)::date)
                         AND ($10::bigint = 0 OR day < to_timestamp($10::bigint / 1000)::date)) p ON true"""
_NO_STATISTICS: Final = """
    LEFT JOIN LATERAL (SELECT 0::bigint AS days, NULL::bigint AS posts, NULL::bigint AS last
                       WHERE $9::bigint >= 0 AND $10::bigint >= 0) p ON true"""


def _arguments(wanted: UserFilter) -> tuple[object, ...]:
    term = wanted.search_term.strip()
    for sign in "\\%_":
        term = term.replace(sign, "\\" + sign)
    return (
        wanted.role_filter,
        wanted.team_filter,
        wanted.has_no_team,
        wanted.hide_active,
        wanted.hide_inactive,
        f"%{term}%" if term else "",
    )


async def count_users(db: Executor, wanted: UserFilter) -> int:
    """How many users the report holds."""
    count: int = await db.fetchval(f"SELECT count(*) FROM {TABLES} WHERE {_FILTER}", *_arguments(wanted))
    return count


async def list_users(db: Executor, wanted: UserReportQuery, since: int, until: int) -> list[Record]:
    """A page of the report: the user's columns, then status, last post, days, posts, channels."""
    column = SORT_COLUMNS[wanted.sort_column]
    back = wanted.direction == "prev"
    downwards = (wanted.sort_direction == "desc") != back
    order, sign = ("DESC", "<") if downwards else ("ASC", ">")
    posted = _STATISTICS if await _is_filled(db) else _NO_STATISTICS
    rows = await db.fetch(
        f"""SELECT {COLUMNS}, s.lastactivityat, p.last, p.days, p.posts,
              (SELECT count(*) FROM channelmembers m JOIN channels c ON c.id = m.channelid
               WHERE m.userid = u.id AND c.type IN ('O', 'P') AND c.deleteat = 0)
            FROM {TABLES} LEFT JOIN status s ON s.userid = u.id {posted}
            WHERE {_FILTER} AND ($8 = '' OR ({column}::text, u.id) {sign} ($7, $8))
            ORDER BY {column} {order}, u.id {order} LIMIT {wanted.page_size}""",
        *_arguments(wanted),
        wanted.from_column_value,
        wanted.from_id,
        since,
        until,
    )
    return rows[::-1] if back else rows


async def _is_filled(db: Executor) -> bool:
    filled: bool = await db.fetchval("SELECT relispopulated FROM pg_class WHERE oid = 'poststats'::regclass")
    return filled


async def refresh_statistics(db: Executor) -> None:
    """Brings the view of posts by user and day up to date."""
    await db.execute("REFRESH MATERIALIZED VIEW poststats")
