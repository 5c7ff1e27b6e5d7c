"""SQL that finds users by what they are and where they are members.

It gives ids: the users themselves come from the cache.
"""

from typing import TYPE_CHECKING, Any, Final

from mmfast.features.spaces.user_search.types import UserFilter

if TYPE_CHECKING:
    from mmfast.db.executor import Executor

_STATUS_ORDER: Final = "CASE s.status WHEN 'online' THEN 1 WHEN 'away' THEN 2 WHEN 'dnd' THEN 3 ELSE 4 END, u.username"
_DISPLAY_NAME: Final = "COALESCE(nullif(u.nickname, ''), nullif(concat_ws(' ', u.firstname, u.lastname), ' '))"

ORDERS: Final = {
    "": ("", "u.username"),
    "create_at": ("", "u.createat DESC"),
    "last_activity_at": ("JOIN status s ON s.userid = u.id", "s.lastactivityat DESC, u.username"),
    "status": ("LEFT JOIN status s ON s.userid = u.id", _STATUS_ORDER),
    "admin": ("", "COALESCE(cm.schemeadmin, false) DESC, u.username"),
    "display_name": ("", f"{_DISPLAY_NAME}, u.username"),
}
"""By the name that clients know: what is joined for the order, and the order."""

_IS_ADMIN: Final = "'system_admin' = ANY(string_to_array(u.roles, ' '))"


SCHEME_ROLES: Final = frozenset(("guest", "user", "admin"))
"""The last word of the roles in a team or a channel that memberships have a column for; others are passed over."""


class _Query:
    """A SELECT of users under construction; values are always arguments, numbered after those given."""

    def __init__(self, wanted: UserFilter, arguments: list[Any] | None = None) -> None:
        self.joins: list[str] = []
        self.conditions: list[str] = []
        self.arguments: list[Any] = [] if arguments is None else arguments
        self._add_places(wanted)
        self._add_states(wanted)
        self._add_roles(wanted)
        self._add_words(wanted)

    def argument(self, value: Any) -> str:
        """The placeholder of a value."""
        self.arguments.append(value)
        return f"${len(self.arguments)}"

    def _add_places(self, wanted: UserFilter) -> None:
        if wanted.in_team:
            place = self.argument(wanted.in_team)
            self.joins.append(f"JOIN teammembers tm ON tm.userid = u.id AND tm.deleteat = 0 AND tm.teamid = {place}")
        if wanted.in_channel:
            place = self.argument(wanted.in_channel)
            self.joins.append(f"JOIN channelmembers cm ON cm.userid = u.id AND cm.channelid = {place}")
        if wanted.in_group:
            place = self.argument(wanted.in_group)
            self.joins.append(f"JOIN groupmembers gm ON gm.userid = u.id AND gm.deleteat = 0 AND gm.groupid = {place}")
        absent = (
            (wanted.not_in_team, "teammembers", "teamid", "AND deleteat = 0"),
            (wanted.not_in_channel, "channelmembers", "channelid", ""),
            (wanted.not_in_group, "groupmembers", "groupid", "AND deleteat = 0"),
        )
        for place_id, table, column, extra in absent:
            if place_id:
                place = self.argument(place_id)
                self.conditions.append(
                    f"NOT EXISTS (SELECT 1 FROM {table} WHERE userid = u.id AND {column} = {place} {extra})"
                )
        if wanted.without_team:
            self.conditions.append("NOT EXISTS (SELECT 1 FROM teammembers WHERE userid = u.id AND deleteat = 0)")
        if wanted.visible_to:
            viewer = self.argument(wanted.visible_to)
            self.conditions.append(
                f"""u.id IN (SELECT theirs.userid FROM channelmembers mine JOIN channelmembers theirs USING (channelid)
                    WHERE mine.userid = {viewer})"""
            )

    def _add_states(self, wanted: UserFilter) -> None:
        if wanted.active:
            self.conditions.append("u.deleteat = 0")
        if wanted.inactive:
            self.conditions.append("u.deleteat <> 0")
        if wanted.people_only:
            self.conditions.append("NOT EXISTS (SELECT 1 FROM bots WHERE userid = u.id)")
        if wanted.local_only:
            self.conditions.append("COALESCE(u.remoteid, '') = ''")

    def _add_roles(self, wanted: UserFilter) -> None:
        """Any of the roles will do. Administrators of the system count as nothing else, users proper only as that."""
        choices = []
        for role in wanted.roles:
            name = self.argument(role)
            only = role == "system_user"
            choices.append(f"u.roles = {name}" if only else f"{name} = ANY(string_to_array(u.roles, ' '))")
        for place, alias, roles in (
            (wanted.in_team, "tm", wanted.team_roles),
            (wanted.in_channel, "cm", wanted.channel_roles),
        ):
            if not place:
                continue
            for role in roles:
                kind = role.rpartition("_")[2]
                if kind not in SCHEME_ROLES:
                    continue
                held = f"{alias}.scheme{kind} AND NOT {_IS_ADMIN}"
                if kind == "user":
                    held += f" AND NOT COALESCE({alias}.schemeadmin, false)"
                choices.append(f"({held})")
        if choices:
            self.conditions.append("(" + " OR ".join(choices) + ")")

    def _add_words(self, wanted: UserFilter) -> None:
        """Each word must begin one of the names."""
        names = ["lower(u.username)", "lower(u.nickname)"]
        names += ["lower(u.firstname)", "lower(u.lastname)"] if wanted.by_name else []
        names += ["lower(u.email)"] if wanted.by_email else []
        for word in wanted.words:
            pattern = self.argument(_prefix_pattern(word))
            self.conditions.append("(" + " OR ".join(f"{name} LIKE {pattern}" for name in names) + ")")

    def sql(self, columns: str, join: str = "", tail: str = "") -> str:
        """The statement."""
        where = f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        return f"SELECT {columns} FROM users u {' '.join(self.joins)} {join} {where} {tail}"


def _prefix_pattern(word: str) -> str:
    """The LIKE pattern of what begins with `word`, in which nothing but its end is a wildcard."""
    escaped = word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped + "%"


async def list_user_ids(db: "Executor", wanted: UserFilter, sort: str, limit: int, offset: int = 0) -> list[str]:
    """The ids of the users that fulfil the conditions, in the order named `sort`."""
    query = _Query(wanted)
    join, order = ORDERS[sort]
    tail = f"ORDER BY {order} LIMIT {query.argument(limit)} OFFSET {query.argument(offset)}"
    rows = await db.fetch(query.sql("u.id", join, tail), *query.arguments)
    return [r[0] for r in rows]


async def list_inside_and_outside(
    db: "Executor", inside: UserFilter, outside: UserFilter, limit: int
) -> tuple[list[str], list[str]]:
    """The ids of users that fulfil the one and the other conditions, each by name, in one round trip."""
    first = _Query(inside)
    second = _Query(outside, first.arguments)
    tail = f"ORDER BY u.username LIMIT {second.argument(limit)}"
    parts = (first.sql("u.id, u.username, true", tail=tail), second.sql("u.id, u.username, false", tail=tail))
    rows = await db.fetch(f"({parts[0]}) UNION ALL ({parts[1]}) ORDER BY 2", *second.arguments)
    return [r[0] for r in rows if r[2]], [r[0] for r in rows if not r[2]]


async def count_users(db: "Executor", wanted: UserFilter) -> int:
    """How many users fulfil the conditions."""
    query = _Query(wanted)
    count: int = await db.fetchval(query.sql("count(*)"), *query.arguments)
    return count


async def list_known_ids(db: "Executor", user_id: str) -> list[str]:
    """Those who share a channel with the user."""
    rows = await db.fetch(
        """SELECT DISTINCT theirs.userid FROM channelmembers mine JOIN channelmembers theirs USING (channelid)
           WHERE mine.userid = $1 AND theirs.userid <> $1""",
        user_id,
    )
    return [r[0] for r in rows]


async def list_group_channel_members(db: "Executor", user_id: str, channel_ids: list[str]) -> list[tuple[str, str]]:
    """Channel and user id of the other members of those of the channels that are group channels of the user."""
    rows = await db.fetch(
        """SELECT theirs.channelid, theirs.userid FROM channelmembers mine
           JOIN channels c ON c.id = mine.channelid AND c.type = 'G'
           JOIN channelmembers theirs ON theirs.channelid = mine.channelid AND theirs.userid <> mine.userid
           JOIN users u ON u.id = theirs.userid
           WHERE mine.userid = $1 AND mine.channelid = ANY($2::varchar[]) ORDER BY u.username""",
        user_id,
        channel_ids,
    )
    return [(r[0], r[1]) for r in rows]


async def is_group(db: "Executor", group_id: str) -> bool:
    """Whether there is such a group."""
    found: bool = await db.fetchval("SELECT EXISTS (SELECT 1 FROM usergroups WHERE id = $1 AND deleteat = 0)", group_id)
    return found
