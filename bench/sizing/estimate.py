"""How many active users a processor holds, computed twice: from a load run as a whole, and from its parts."""

from dataclasses import dataclass
from statistics import median

KIB_PER_MIB = 1024

PARTS = {
    "GET /users/me": "one's own user",
    "POST /users/ids": "30 users by ids",
    "POST /posts": "create a post in a channel of 1,000",
    "GET /channels/{channel_id}/posts": "a page of 60 posts, threads collapsed",
    "GET /users/me/channels/{channel_id}/posts/unread": "a page of 60 posts, threads collapsed",
    "GET /posts/{post_id}": "one post",
    "GET /users/me/teams/{team_id}/channels": "own channels of a team",
    "GET /users/me/teams/{team_id}/channels/members": "own memberships of a team's channels",
    "GET /users/me/teams/unread": "own teams' unread counts",
    "GET /users/me/channels/{channel_id}/unread": "unread counts of a channel",
    "POST /channels/members/me/view": "view a channel",
    "POST /users/status/ids": "100 statuses by ids",
    "GET /users/me/teams/{team_id}/channels/categories": "sidebar categories",
    "GET /users/me/preferences": "own preferences",
    "POST /reactions": "add and remove a reaction",
    "GET /users/me/teams/{team_id}/threads": "followed threads",
    "GET /config/client": "client configuration",
}
"""Requests of bench/load, and the rows of bench/rest that stand for them. Others cost the median of these rows."""


@dataclass(frozen=True)
class Installation:
    """A target: so many active users on so many processors."""

    users: int
    vcpus: int


def columns(result: dict, key: str, value: str) -> dict[str, float]:
    """Two columns of a result's table, as a mapping."""
    at, to = result["columns"].index(key), result["columns"].index(value)
    return {str(row[at]): float(row[to]) for row in result["rows"]}


def cores_a_user(load: dict) -> float:
    """Cores that the server used for each user of a load run, beyond what it uses without any."""
    used = load["server"]["steady cores"] - load["server"]["idle cores"]
    return max(used, 0.0) / load["users"]


def cores_a_user_by_parts(load: dict, rest: dict, fanout: dict) -> float:
    """The same from the run's rates: each request at its measured cost, each event at that of a delivery."""
    costs = columns(rest, "operation", "CPU, us")
    known = {name: costs[case] for name, case in PARTS.items() if case in costs}
    usual = median(known.values())
    microseconds = 0.0
    for name, rate in columns(load, "request", "per second").items():
        if name.startswith(("GET ", "POST ", "PUT ", "DELETE ")):
            microseconds += rate * known.get(name, usual)
    deliveries = load["events received"] / load["seconds"]
    return (microseconds + deliveries * delivery_cost(fanout)) / 1e6 / load["users"]


def delivery_cost(fanout: dict) -> float:
    """Microseconds per delivered event in the smallest channel measured, where it is dearest."""
    at, to = fanout["columns"].index("receivers"), fanout["columns"].index("CPU per delivery, us")
    return float(min(fanout["rows"], key=lambda row: row[at])[to])


def users_held(vcpus: int, cores: float, share: float) -> int:
    """Users on so many processors, kept below this share; none where the cost could not be measured."""
    return int(vcpus * share / cores) if cores > 0 else 0


def connections_per_gib(fanout: dict, share: float) -> int:
    """Idle connections that a GiB holds."""
    at = fanout["columns"].index("KiB per connection")
    return int(KIB_PER_MIB * KIB_PER_MIB * share / max(float(row[at]) for row in fanout["rows"]))


def line(installation: Installation, estimates: list[int], shown: Installation) -> list[str]:
    """A row: processors, the target, each estimate, and how it is known whether the most careful one reaches it.

    `shown` is what a run has shown to be supported.
    """
    measured = [users for users in estimates if users]
    ratio = min(measured, default=0) / installation.users
    if shown.users >= installation.users and shown.vcpus <= installation.vcpus:
        reached = "yes, measured"
    elif not measured:
        reached = "not known"
    else:
        reached = "only extrapolated" if ratio >= 1 else "no"
    texts = [f"{users:,}" if users else "not measured" for users in estimates]
    return [str(installation.vcpus), f"{installation.users:,}", *texts, f"{ratio:.1f}" if measured else "", reached]
