"""What one user knows and does: its place in the server, what it has seen, and the way to ask for more.

It knows no locust, so that tests can lead one by the hand: `call` and `socket` are given to it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from bench.load.model import WORDS_OF_A_POST

Call = Callable[[str, str, dict[str, Any], Any], Any]
"""Method, path with names in braces, their values, body -> the decoded answer, or None when it failed."""

# fmt: off
VOCABULARY = (
    "about", "after", "again", "against", "also", "answer", "because", "before", "begin", "between", "branch",
    "build", "change", "channel", "check", "customer", "day", "deploy", "done", "draft", "error", "every", "file",
    "first", "fixed", "friday", "from", "good", "have", "help", "idea", "issue", "know", "later", "look", "machine",
    "main", "maybe", "meeting", "message", "monday", "more", "need", "next", "number", "office", "open", "order",
    "people", "place", "plan", "please", "question", "ready", "release", "report", "review", "right", "server",
    "should", "some", "soon", "start", "still", "table", "team", "test", "thanks", "there", "thing", "think",
    "time", "today", "tomorrow", "under", "version", "week", "when", "where", "while", "with", "work", "would",
)
# fmt: on

SEEN_POSTS = 200
"""Posts that a user remembers of a channel; more would only cost the generator memory."""


class Socket(Protocol):
    """A user's WebSocket."""

    def open(self, token: str) -> None: ...
    def reopen(self) -> None: ...
    def close(self) -> None: ...
    def send(self, action: str, data: dict[str, Any]) -> None: ...


@dataclass(frozen=True)
class Account:
    """Made by `bench.load.installation`."""

    username: str
    password: str
    team_id: str


@dataclass
class Person:
    """A signed-in user."""

    account: Account
    call: Call
    socket: Socket
    chance: random.Random
    token: str = ""
    user_id: str = ""
    channel_id: str = ""
    """The channel that is open."""
    channels: list[str] = field(default_factory=list)
    directs: list[str] = field(default_factory=list)
    posts: dict[str, list[str]] = field(default_factory=dict)
    """Root posts seen, oldest first, by channel."""
    own_posts: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    known_users: set[str] = field(default_factory=set)

    def ask(self, method: str, path: str, body: Any = None, **ids: Any) -> Any:
        """Asks the server, filling in who and where one is."""
        return self.call(method, path, {"team_id": self.account.team_id, "user_id": self.user_id, **ids}, body)

    def see(self, page: Any) -> None:
        """Remembers a page of posts, and asks for authors not yet known."""
        if not page:
            return
        posts = [page["posts"][key] for key in reversed(page.get("order") or []) if key in page["posts"]]
        for post in posts:
            self.remember(post)
        self.meet({post["user_id"] for post in posts})

    def remember(self, post: dict[str, Any]) -> None:
        """Keeps a root post in mind, as one that may be answered, opened or reacted to."""
        seen = self.posts.setdefault(post["channel_id"], [])
        if not post.get("root_id") and not post.get("type") and post["id"] not in seen:
            seen.append(post["id"])
            del seen[:-SEEN_POSTS]

    def meet(self, user_ids: set[str]) -> None:
        """Asks who these are, and whether they are there, unless they are known."""
        unknown = sorted(user_ids - self.known_users - {self.user_id, ""})
        if unknown:
            self.known_users.update(unknown)
            self.ask("POST", "/users/ids", unknown)
            self.ask("POST", "/users/status/ids", unknown)

    def some_post(self) -> str:
        """A post of the open channel, rather a late one; empty where there is none."""
        seen = self.posts.get(self.channel_id)
        return self.chance.choice(seen[-20:]) if seen else ""

    def some_thread(self) -> str:
        """A thread that one follows; empty where there is none."""
        return self.chance.choice(self.threads) if self.threads else ""

    def text(self) -> str:
        """A message."""
        return " ".join(self.chance.choices(VOCABULARY, k=self.chance.randint(*WORDS_OF_A_POST)))

    def word(self) -> str:
        """Something to search for."""
        return self.chance.choice(VOCABULARY)
