"""SQL of lists of teams."""

from typing import Any

from mmfast.db.executor import Executor
from mmfast.features.spaces.team_lists.types import Scope, TeamSearch
from mmfast.features.spaces.teams.store import COLUMNS
from mmfast.features.spaces.teams.types import Team, without_icon_time

_IN_SCOPE = "((allowopeninvite AND $1) OR (NOT COALESCE(allowopeninvite, false) AND $2))"


def _teams(rows: Any) -> list[Team]:
    return [without_icon_time(Team(*row)) for row in rows]


async def list_teams(db: Executor, scope: Scope, offset: int, limit: int) -> list[Team]:
    """A page of the teams in scope, by display name."""
    return _teams(
        await db.fetch(
            f"SELECT {COLUMNS} FROM teams WHERE {_IN_SCOPE} ORDER BY displayname LIMIT $3 OFFSET $4",
            scope.open,
            scope.private,
            limit,
            offset,
        )
    )


async def count_teams(db: Executor, scope: Scope) -> int:
    """How many teams are in scope."""
    count: int = await db.fetchval(f"SELECT count(*) FROM teams WHERE {_IN_SCOPE}", scope.open, scope.private)
    return count


_SEARCH = f"""{_IN_SCOPE} AND (lower(name) LIKE $3 OR lower(displayname) LIKE $3)
    AND ($4::boolean IS NULL OR allowopeninvite = $4)
    AND ($5::boolean IS NULL OR COALESCE(groupconstrained, false) = $5)"""


def _search_arguments(scope: Scope, search: TeamSearch) -> tuple[Any, ...]:
    term = search.term.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    open_invite = search.allow_open_invite if isinstance(search.allow_open_invite, bool) else None
    constrained = search.group_constrained if isinstance(search.group_constrained, bool) else None
    if search.include_group_constrained is True:
        constrained = None
    return scope.open, scope.private, f"%{term}%", open_invite, constrained


async def search_teams(db: Executor, scope: Scope, search: TeamSearch, offset: int, limit: int) -> list[Team]:
    """Teams in scope whose name or display name holds the term, archived ones too, by display name."""
    sql = f"SELECT {COLUMNS} FROM teams WHERE {_SEARCH} ORDER BY displayname LIMIT $6 OFFSET $7"
    return _teams(await db.fetch(sql, *_search_arguments(scope, search), limit, offset))


async def count_found(db: Executor, scope: Scope, search: TeamSearch) -> int:
    """How many teams a search finds in all."""
    sql = f"SELECT count(*) FROM teams WHERE {_SEARCH}"
    count: int = await db.fetchval(sql, *_search_arguments(scope, search))
    return count


async def list_teams_of_user(db: Executor, user_id: str) -> list[Team]:
    """The teams in use that a user is in."""
    return _teams(
        await db.fetch(
            f"SELECT {COLUMNS} FROM teams WHERE deleteat = 0 AND id IN"
            " (SELECT teamid FROM teammembers WHERE userid = $1 AND deleteat = 0) ORDER BY displayname",
            user_id,
        )
    )
