"""The operations that are measured, with what each may cost.

A budget is the project's aim; `reference` is what the reference server needed for the same request, measured the same
way on a machine of the same kind. Both are in microseconds of server CPU, None where nobody has set or measured one.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from bench.rest.integrations import execute, token_requests, trigger
from bench.rest.world import PAGE, World
from mmfast.core.ids import new_id


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    name: str
    requests: Callable[[World], list[str]]
    """Requests sent in turn; for a WebSocket, the messages."""
    budget: int | None = None
    reference: int | None = None
    weight: int = 1
    """How many times fewer requests a round has: for operations that keep the database busy."""
    websocket: bool = False
    once: Callable[[World, int], list[str]] | None = None
    """Makes so many requests that each work once; called before each round, instead of `requests`."""
    like: str = ""
    """The case whose CPU of the same run, with a fifth on top, is the budget."""


def _get(path: str) -> Callable[[World], list[str]]:
    return lambda w: [w.request("GET", w.fill(path))]


def _post(channel: int) -> Callable[[World], list[str]]:
    return lambda w: [
        w.request("POST", "/posts", {"channel_id": w.channels[channel], "message": "words of a common length " * 4})
    ]


def _replies(world: World) -> list[str]:
    reply = {"channel_id": world.channels[10], "message": "an answer in a thread", "root_id": world.post_ids[0]}
    return [world.request("POST", "/posts", reply)]


def _webhook(world: World) -> list[str]:
    return [world.request("POST", f"//hooks/{world.webhook_id}", {"text": "words of a common length " * 4})]


def _press(world: World) -> list[str]:
    return [world.request("POST", f"/posts/{world.asking_id}/actions/go", {})]


def _upload(world: World) -> list[str]:
    place = f"channel_id={world.channels[10]}&filename=notes.txt"
    return [world.request("POST", f"/files?{place}", "a small file", "text/plain")]


def _nothing(world: World) -> list[str]:
    return []


def _completions(world: World) -> list[str]:
    place = f"in_team={world.team_id}&in_channel={world.channels[1000]}"
    return [
        world.request("GET", f"/users/autocomplete?{place}&name={begin}&limit=25")
        for begin in ("member000", "member001", "mem", "me")
    ]


PLAIN_POST = "create a post in a channel of 10"
_MODERN = {"collapsed_threads_supported": True}  # as today's clients say


def _views(world: World) -> list[str]:
    return [
        world.request("POST", "/channels/members/me/view", {"channel_id": world.channels[size], **_MODERN})
        for size in (10, 1000)
    ]


def _reactions(world: World) -> list[str]:
    made = {"user_id": world.user_id, "post_id": world.post_ids[1], "emoji_name": "smile"}
    gone = f"/users/me/posts/{world.post_ids[1]}/reactions/smile"
    return [world.request("POST", "/reactions", made), world.request("DELETE", gone)]


def _preferences(world: World) -> list[str]:
    wish = {"user_id": world.user_id, "category": "display_settings", "name": new_id(), "value": "true"}
    return [world.request("PUT", "/users/me/preferences", [wish])]


def _search(world: World) -> list[str]:
    wanted = {"terms": "words common", "is_or_search": False, "per_page": 20}
    return [world.request("POST", f"/teams/{world.team_id}/posts/search", wanted)]


def _typing(world: World) -> list[str]:
    data = {"channel_id": world.channels[10], "parent_id": ""}
    return [json.dumps({"action": "user_typing", "seq": 1, "data": data})]


CASES = [
    Case("one's own user", _get("/users/me"), 80, 160),
    Case("30 users by ids", lambda w: [w.request("POST", "/users/ids", w.members[:30])], 100, 300),
    Case("autocomplete in a channel of 1,000", _completions, 500, 3300, weight=5),
    Case(PLAIN_POST, _post(10), 1000, 10_000, weight=3),
    Case("create a post in a channel of 1,000", _post(1000), 1000, 10_000, weight=3),
    Case("create a post in a channel of 5,000", _post(5000), 1000, 42_000, weight=3),
    Case("reply in a thread", _replies, weight=3),
    Case("post through an incoming webhook, channel of 10", _webhook, weight=3, like=PLAIN_POST),
    Case("post that an outgoing webhook waits for", trigger, weight=10),
    Case("built-in slash command (/shrug)", execute("/shrug well"), weight=3),
    Case("custom slash command, its call included", execute("/deploy now"), weight=5),
    Case("message button, its call included", _press, weight=5),
    Case("OAuth token for a code", _nothing, weight=10, once=token_requests),
    Case("configuration", _get("/config"), weight=3),
    Case("jobs, a page of 5", _get("/jobs?per_page=5")),
    Case("upload a small file", _upload, weight=3),
    Case("download a small file", _get("/files/{file}")),
    Case("a page of 60 posts", _get(f"/channels/{{quiet}}/posts?page=0&per_page={PAGE}"), 250, 1430),
    Case("a page of 60 posts, threads collapsed", _get("/channels/{quiet}/posts?per_page=60&collapsedThreads=true")),
    Case("one post", _get("/posts/{post}")),
    Case("one channel", _get("/channels/{quiet}")),
    Case("page of 60 channel members", _get("/channels/{quiet}/members?per_page=60")),
    Case("users of a channel, 60", _get("/users?in_channel={quiet}&per_page=60"), weight=3),
    Case("own channels of a team", _get("/users/me/teams/{team}/channels")),
    Case("own memberships of a team's channels", _get("/users/me/teams/{team}/channels/members")),
    Case("own teams' unread counts", _get("/users/me/teams/unread")),
    Case("unread counts of a channel", _get("/users/me/channels/{quiet}/unread")),
    Case("view a channel", _views, weight=3),
    Case("100 statuses by ids", lambda w: [w.request("POST", "/users/status/ids", w.members[:100])]),
    Case("sidebar categories", _get("/users/me/teams/{team}/channels/categories")),
    Case("own preferences", _get("/users/me/preferences")),
    Case("set a preference", _preferences, weight=3),
    Case("add and remove a reaction", _reactions, weight=3),
    Case("followed threads", _get("/users/me/teams/{team}/threads?per_page=25")),
    Case("search posts", _search, weight=3),
    Case("file info", _get("/files/{file}/info")),
    Case("client configuration", _get("/config/client?format=old")),
    Case("typing, over the WebSocket", _typing, websocket=True),
]
