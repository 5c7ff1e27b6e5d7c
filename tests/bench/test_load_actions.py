"""What the users of bench/load ask for: only operations that exist, and what follows from what they have seen."""

import random
import re

import pytest

from bench.load.actions import ACTIONS, log_in, poll, reload
from bench.load.person import Account, Person
from mmfast.api.operation import API_PREFIX
from mmfast.api.router import load_operations

POST = {"id": "post", "channel_id": "town", "user_id": "other", "root_id": "", "type": ""}
PAGE = {"order": ["post"], "posts": {"post": POST}}
ANSWERS = {
    "/users/login": {"id": "me"},
    "/users/me/teams/{team_id}/channels": [{"id": "town", "type": "O"}, {"id": "pair", "type": "D"}],
    "/users/me/teams/{team_id}/channels/categories": {"categories": [{"id": "rest", "type": "channels"}]},
    "/users/me/teams/{team_id}/threads": {"threads": [{"id": "post"}]},
    "/users/me/channels/{channel_id}/posts/unread": PAGE,
    "/channels/{channel_id}/posts": PAGE,
    "/teams/{team_id}/channels": [{"id": "town"}, {"id": "new"}],
    "/channels/direct": {"id": "pair"},
    "/channels/group": {"id": "crowd"},
    "/posts": {**POST, "id": "own", "user_id": "me"},
}


class Recorder:
    """A server that answers from a table, and a socket that keeps what it was told."""

    def __init__(self):
        self.asked = []
        self.told = []

    def call(self, method, path, ids, body):
        path.format_map(ids)
        template = path.partition("?")[0]
        self.asked.append((method, template))
        return ANSWERS.get(template, {})

    def open(self, token):
        self.told.append("open")

    def reopen(self):
        self.told.append("reopen")

    def close(self):
        self.told.append("close")

    def send(self, action, data):
        self.told.append(action)


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def person(recorder):
    me = Person(Account("user-1", "secret", "team"), recorder.call, recorder, random.Random(1))
    assert log_in(me)
    reload(me)
    me.channel_id = "town"
    me.known_users = {"other", "third"}
    me.own_posts = ["own", "older"]
    recorder.asked.clear()
    recorder.told.clear()
    return me


def anonymous(path):
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def declared():
    operations = load_operations()
    listed = operations.values() if isinstance(operations, dict) else operations
    return {(operation.method, anonymous(operation.path.removeprefix(API_PREFIX))) for operation in listed}


@pytest.mark.parametrize("name", ACTIONS)
def test_action_asks_only_for_what_the_server_has(name, person, recorder, declared):
    ACTIONS[name](person)
    assert recorder.asked or recorder.told
    for method, path in recorder.asked:
        assert any(same_shape(method, anonymous(path), *other) for other in declared), (method, path)


def same_shape(method, path, other_method, other):
    """Whether a declared path takes this one, where `me` and names of things stand for its parameters."""
    parts, others = path.split("/"), other.split("/")
    return (
        method == other_method
        and len(parts) == len(others)
        and all(theirs in ("{}", ours) for ours, theirs in zip(parts, others, strict=True))
    )


def test_login_opens_the_socket_and_loading_finds_the_channels(person):
    assert (person.channels, person.directs, person.threads) == (["town"], ["pair"], ["post"])


def test_refused_login_goes_no_further(recorder):
    me = Person(Account("user-1", "secret", "team"), lambda *_: None, recorder, random.Random(1))
    assert not log_in(me)
    assert recorder.told == []


def test_posting_shows_that_one_types(person, recorder):
    ACTIONS["create_post"](person)
    assert recorder.told == ["user_typing"]
    assert recorder.asked == [("POST", "/posts")]
    assert person.own_posts[-1] == "own"


def test_unknown_author_is_asked_for_once(person, recorder):
    person.meet({"stranger"})
    person.meet({"stranger"})
    assert recorder.asked == [("POST", "/users/ids"), ("POST", "/users/status/ids")]


def test_polling_asks_for_statuses_and_reports(person, recorder):
    poll(person)
    assert recorder.asked == [("POST", "/users/status/ids"), ("POST", "/client_perf")]
