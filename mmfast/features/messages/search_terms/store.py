"""Turns a search's filters into SQL conditions with numbered arguments, and its words into a text query."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from mmfast.db.executor import Executor
from mmfast.features.messages.search_terms.types import Scope, Search, Wanted

DAY_MS: Final = 86_400_000
NEVER: Final = "false"
QUERY_TOO_LARGE: Final = "54000"
"""The state in which PostgreSQL refuses a query of too many or too long words (program_limit_exceeded)."""
MAX_WORD: Final = 500
"""Characters of a word: no longer one is in any index."""
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Conditions:
    """Conditions that must all hold, with the arguments that they name."""

    def __init__(self) -> None:
        self.arguments: list[Any] = []
        self._texts: list[str] = []

    def argument(self, value: Any) -> str:
        """The name by which SQL refers to the value."""
        self.arguments.append(value)
        return f"${len(self.arguments)}"

    def add(self, condition: str, *, holds: bool = True) -> None:
        """Demands that the condition holds, or that it does not."""
        self._texts.append(condition if holds else f"NOT ({condition})")

    def sql(self) -> str:
        """All of them as one condition."""
        return " AND ".join(self._texts) or "true"


def add_scope(conditions: Conditions, scope: Scope, channel: str) -> None:
    """Only what is in the searcher's channels. `channel` is the column with the channel's id."""
    user = conditions.argument(scope.user_id)
    team = f" AND c.teamid IN ({conditions.argument(scope.team_id)}, '')" if scope.team_id else ""
    archived = "" if scope.archived else " AND c.deleteat = 0"
    conditions.add(
        f"{channel} IN (SELECT m.channelid FROM channelmembers m JOIN channels c ON c.id = m.channelid"
        f" WHERE m.userid = {user}{team}{archived})"
    )


async def resolve_people(db: Executor, search: Search) -> None:
    """Puts ids in the place of usernames, so that the database knows how much people wrote. A name of nobody stays."""
    names = search.wanted.people + search.excluded.people
    if not names:
        return
    rows = await db.fetch("SELECT username, id FROM users WHERE username = ANY($1::text[])", names)
    ids = {row[0]: row[1] for row in rows}
    for side in (search.wanted, search.excluded):
        side.people = [ids.get(name, name) for name in side.people]


def add_filters(conditions: Conditions, search: Search, scope: Scope, columns: tuple[str, str, str]) -> None:
    """People (by their ids), channels and dates. `columns` are those of the author, the channel and the time."""
    author, channel, moment = columns
    for side, holds in ((search.wanted, True), (search.excluded, False)):
        if side.people:
            conditions.add(f"{author} = ANY({conditions.argument(side.people)}::text[])", holds=holds)
        if side.channels:
            conditions.add(f"{channel} IN ({_channels(conditions, side.channels, scope)})", holds=holds)
        _add_dates(conditions, side, moment, holds=holds, zone_seconds=search.zone_seconds)


def _channels(conditions: Conditions, names: list[str], scope: Scope) -> str:
    """Channels by name or id; `@somebody` is the direct channel with that person."""
    given = conditions.argument(names)
    user = conditions.argument(scope.user_id)
    return (
        f"SELECT id FROM channels WHERE name = ANY({given}::text[]) OR id = ANY({given}::text[])"
        " OR (type = 'D' AND name IN (SELECT CASE WHEN u.id < me.id THEN u.id || '__' || me.id"
        f" ELSE me.id || '__' || u.id END FROM users u, (SELECT {user}::text AS id) me"
        f" WHERE '@' || u.username = ANY({given}::text[])))"
    )


def _add_dates(conditions: Conditions, side: Wanted, moment: str, *, holds: bool, zone_seconds: int) -> None:
    if side.on:
        start = day_start(side.on, zone_seconds)
        if start is None:
            conditions.add(NEVER)
            return
        first, end = conditions.argument(start), conditions.argument(start + DAY_MS)
        conditions.add(f"{moment} >= {first} AND {moment} < {end}", holds=holds)
        if holds:
            return  # one day says it all
    if side.after:
        start = day_start(side.after, zone_seconds)
        after = NEVER if start is None else f"{moment} >= {conditions.argument(start + DAY_MS)}"
        conditions.add(after, holds=holds)
    if side.before:
        start = day_start(side.before, zone_seconds)
        conditions.add(NEVER if start is None else f"{moment} < {conditions.argument(start)}", holds=holds)


def day_start(text: str, zone_seconds: int) -> int | None:
    """When the day begins for the searcher, in ms; None for what is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    except ValueError:
        return None
    return round(day.timestamp()) * 1000 - zone_seconds * 1000


def text_query(wanted: list[str], excluded: list[str], *, any_word: bool) -> str:
    """The words as `to_tsquery` reads them.

    Where one word is enough, the excluded ones concern only the last: that is how clients know it.
    """
    query = (" | " if any_word else " & ").join(_operand(word) for word in wanted)
    if excluded:
        query += f" & !({' | '.join(_operand(word) for word in excluded)})"
    return query


def _operand(word: str) -> str:
    """A word or phrase, quoted: nothing in it is an operator but a bar between words and a star behind one."""
    if "|" in word and " " not in word:
        return f"({' | '.join(_operand(part) for part in word.split('|') if part)})"
    return _quoted(word.rstrip("*")) + ":*" if word.endswith("*") else _quoted(word)


def _quoted(text: str) -> str:
    return "'" + text[:MAX_WORD].replace("\\", "\\\\").replace("'", "''") + "'"
