"""The locust side: a user per account, its statistics, and the file in which they end.

`python -m bench.load` starts it, and hands over in the environment: MMFAST_LOAD_ACCOUNTS names the accounts' file,
MMFAST_LOAD_RESULT the file to write.
"""

import json
import os
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, events, task  # locust's command has let gevent replace the sockets before this runs
from locust.exception import StopUser

from bench.load import actions, model
from bench.load.person import Account, Person
from bench.load.socket import UserSocket

SOCKET = "WebSocket"
"""Stands where the method of a request stands."""


class Run:
    """What all users of this process share."""

    def __init__(self) -> None:
        listed = json.loads(Path(os.environ["MMFAST_LOAD_ACCOUNTS"]).read_text())
        self.accounts = [Account(**account) for account in listed]
        self.started = 0
        self.settled = 0
        """Users that have signed in and loaded, or were refused."""
        self.events = 0
        self.ramp: list[dict] = []
        self.errors: list[str] = []
        self.times: dict[str, float] = {}
        self.outcomes: Counter[str] = Counter()


RUN = Run()


class ActiveUser(FastHttpUser):
    """One person with one app open."""

    connection_timeout = 30.0
    network_timeout = 30.0

    def on_start(self) -> None:
        """Signs in, loads what an app loads, and waits for the first action."""
        number = RUN.started
        if number >= len(RUN.accounts):
            raise StopUser
        RUN.started += 1
        self.chance = random.Random(number)
        self.rate = model.rate_of(number)
        self.sent: dict[str, float] = {}
        socket = UserSocket(self.host, self._report, self._hear)
        self.me = Person(RUN.accounts[number], self._call, socket, self.chance)
        entered = actions.log_in(self.me)
        if entered:
            actions.reload(self.me)
        RUN.settled += 1
        if RUN.settled == self.environment.runner.target_user_count:
            note_all_there(self.environment)
        if not entered:
            raise StopUser
        self.poller = gevent.spawn(self._poll)
        gevent.sleep(model.first_idle_seconds(self.rate, self.chance))

    def on_stop(self) -> None:
        """Leaves without a word, as when the app is closed."""
        if hasattr(self, "poller"):
            self.poller.kill()
        if hasattr(self, "me"):
            self.me.socket.close()

    def wait_time(self) -> float:
        """What locust waits between two tasks."""
        return model.idle_seconds(self.rate, self.chance)

    @task
    def act(self) -> None:
        """One action of the mix."""
        name = model.pick_action(self.chance)
        RUN.outcomes["actions"] += 1
        actions.ACTIONS[name](self.me)

    def _poll(self) -> None:
        gevent.sleep(self.chance.uniform(0, model.POLL_SECONDS))
        while True:
            actions.poll(self.me)
            gevent.sleep(model.POLL_SECONDS)

    def _call(self, method: str, path: str, ids: dict[str, Any], body: Any) -> Any:
        headers = {"Authorization": "Bearer " + self.me.token} if self.me.token else {}
        if isinstance(body, dict) and "pending_post_id" in body:
            self.sent[body["pending_post_id"]] = time.perf_counter()
        target = "/api/v4" + path.format_map(ids)
        answer = self.client.request(method, target, name=path.partition("?")[0], json=body, headers=headers)
        if answer.headers and (token := answer.headers.get("Token")):
            self.me.token = token
        if not 200 <= answer.status_code < 300:
            return None
        return json.loads(answer.content) if answer.content else {}

    def _report(self, name: str, seconds: float, error: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type=SOCKET, name=name, response_time=seconds * 1000, response_length=0, exception=error, context={}
        )

    def _hear(self, event: dict[str, Any]) -> None:
        RUN.events += 1
        if event["event"] == "posted":
            began = self.sent.pop(json.loads(event["data"]["post"]).get("pending_post_id", ""), None)
            if began is not None:
                self._report("one's own post arrives", time.perf_counter() - began, None)
        elif event["event"] == "typing":
            gevent.spawn(self.me.meet, {event["data"].get("user_id", "")})


@events.request.add_listener
def count_outcome(request_type: str, exception: Exception | None = None, response: Any = None, **_: Any) -> None:
    """Tells errors of the server, refusals and time-outs apart."""
    if request_type == SOCKET:
        return
    status = getattr(response, "status_code", 0)
    if status >= 500:
        RUN.outcomes["server_errors"] += 1
    elif status >= 400:
        RUN.outcomes["refusals"] += 1
    elif exception is not None and "timed out" in str(exception).lower():
        RUN.outcomes["timeouts"] += 1
    elif exception is not None:
        RUN.outcomes["broken"] += 1


@events.test_start.add_listener
def note_start(**_: Any) -> None:
    """A run started again from the web interface begins with the first account."""
    RUN.started = RUN.settled = RUN.events = 0
    RUN.outcomes.clear()
    RUN.ramp, RUN.errors = [], []
    RUN.times = {"began": time.time()}


def note_all_there(environment: Any) -> None:
    """Puts the statistics of the ramp aside: in a short run its logins would be most of the time that is measured."""
    if "all there" not in RUN.times:
        RUN.times["all there"] = time.time()
        RUN.ramp, RUN.errors = entries_of(environment.stats), errors_of(environment.stats)
        RUN.events = 0
        environment.stats.reset_all()


def entries_of(stats: Any) -> list[dict]:
    """Locust's statistics, an entry per kind of request."""
    return [
        {
            "method": entry.method,
            "name": entry.name,
            "requests": entry.num_requests,
            "failures": entry.num_failures,
            "total_ms": entry.total_response_time,
            "times": {str(ms): count for ms, count in entry.response_times.items()},
        }
        for entry in stats.entries.values()
        if entry.num_requests
    ]


def errors_of(stats: Any) -> list[str]:
    """What went wrong, each kind once."""
    return [f"{e.method} {e.name}: {e.error} ({e.occurrences})" for e in stats.errors.values()]


@events.test_stop.add_listener
def write_result(environment: Any, **_: Any) -> None:
    """Leaves the statistics where `python -m bench.load` reads them."""
    record = {
        "times": {**RUN.times, "ended": time.time()},
        "users": RUN.started,
        "outcomes": dict(RUN.outcomes),
        "events": RUN.events,
        "ramp": RUN.ramp,
        "entries": entries_of(environment.stats),
        "errors": RUN.errors + errors_of(environment.stats),
    }
    Path(os.environ["MMFAST_LOAD_RESULT"]).write_text(json.dumps(record))
