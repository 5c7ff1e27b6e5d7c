"""PyPI's `mattermostautodriver`: a person signs up, works with others, and sees what they do as it happens."""

import asyncio
import json
import threading
from contextlib import suppress
from queue import Queue

import pytest
from mattermostautodriver import TypedDriver
from mattermostautodriver.exceptions import NoAccessTokenProvided, ResourceNotFound
from mattermostautodriver.websocket import Websocket

PASSWORD = "Passwd-123456"
PATIENCE = 20
"""Seconds that an event may take; a machine under load is slow, not wrong."""


class Person:
    """An account, signed in through the driver, listening to its events."""

    def __init__(self, port, name):
        options = {"scheme": "http", "url": "127.0.0.1", "port": port, "max_retries": 0}
        self.driver = TypedDriver({**options, "login_id": name, "password": PASSWORD})
        self.made = self.driver.users.create_user(f"{name}@example.com", name, password=PASSWORD)
        self.id = self.driver.login()["id"]
        self.events = Queue()
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)

    def start(self):
        self._thread.start()
        self.until("hello")
        return self

    def _listen(self):
        asyncio.run(self._follow_events())

    async def _follow_events(self):
        async def take(text):
            self.events.put(json.loads(text))

        socket = Websocket(self.driver.options, self.driver.client.token)
        self._loop, self._following = asyncio.get_running_loop(), asyncio.create_task(socket.connect(take))
        with suppress(asyncio.CancelledError):
            await self._following

    def until(self, name, **data):
        """The next event of this name whose data holds `data`; what comes before it is passed over."""
        while True:
            event = self.events.get(timeout=PATIENCE)
            if event.get("event") == name and data.items() <= event["data"].items():
                return event

    def until_posted(self, post_id):
        """The event that tells of this post."""
        while True:
            event = self.until("posted")
            if json.loads(event["data"]["post"])["id"] == post_id:
                return event

    def close(self):
        self._loop.call_soon_threadsafe(self._following.cancel)
        self._thread.join(PATIENCE)
        self.driver.close()


@pytest.fixture(scope="module")
def people(served):
    """Two people who share a team."""
    ann = Person(served.port, "ann")
    bob = Person(served.port, "bob")
    ann.team = bob.team = ann.driver.teams.create_team("acme", "Acme", "O")["id"]
    ann.driver.teams.add_team_member(ann.team, bob.id)
    people = ann.start(), bob.start()
    yield people
    for person in people:
        person.close()


@pytest.fixture
def channel(people, request):
    """A channel of both, named after the test."""
    ann, bob = people
    name = request.node.name.replace("_", "-")[:60].strip("-")
    channel = ann.driver.channels.create_channel(ann.team, name, request.node.name, "O")
    ann.driver.channels.add_channel_member(channel["id"], bob.id)
    bob.until("user_added", user_id=bob.id)
    return channel


def test_signing_up_and_in(people, served):
    ann, bob = people
    assert ann.driver.users.get_user("me")["username"] == "ann"
    assert "system_admin" in ann.driver.users.get_user("me")["roles"]  # the first account
    assert bob.driver.users.get_user("me")["roles"] == "system_user"
    assert ann.driver.system.get_ping()["status"] == "OK"
    wrong = TypedDriver({"scheme": "http", "url": "127.0.0.1", "port": served.port, "login_id": "ann", "password": "x"})
    with pytest.raises(NoAccessTokenProvided):
        wrong.login()


def test_logging_out_ends_the_session(people, served):
    cat = Person(served.port, "cat")
    token = cat.driver.client.token
    cat.driver.logout()
    cat.driver.client.token = token
    with pytest.raises(NoAccessTokenProvided):
        cat.driver.users.get_user("me")


def test_teams_and_channels(people, channel):
    ann, bob = people
    assert [team["name"] for team in bob.driver.teams.get_teams_for_user(bob.id)] == ["acme"]
    names = {c["name"] for c in bob.driver.channels.get_channels_for_team_for_user(bob.id, bob.team)}
    assert {"town-square", "off-topic", channel["name"]} <= names
    ann.driver.channels.patch_channel(channel["id"], header="what it is for")
    assert bob.driver.channels.get_channel(channel["id"])["header"] == "what it is for"
    bob.until("channel_updated")
    secret = ann.driver.channels.create_channel(ann.team, "secret", "Secret", "P")
    with pytest.raises(ResourceNotFound):
        bob.driver.channels.get_channel("a" * 26)
    assert secret["id"] not in [c["id"] for c in bob.driver.channels.get_channels_for_team_for_user(bob.id, bob.team)]


def test_posts_are_seen_at_once(people, channel):
    ann, bob = people
    before = bob.driver.channels.get_channel_unread(bob.id, channel["id"])
    post = ann.driver.posts.create_post(channel["id"], "hello @bob, grüße 🎉")
    event = bob.until_posted(post["id"])
    assert json.loads(event["data"]["mentions"]) == [bob.id]
    assert event["broadcast"]["channel_id"] == channel["id"]
    unread = bob.driver.channels.get_channel_unread(bob.id, channel["id"])
    assert unread["msg_count"] == before["msg_count"] + 1
    assert unread["mention_count"] == before["mention_count"] + 1
    page = bob.driver.posts.get_posts_for_channel(channel["id"])
    assert page["posts"][page["order"][0]]["message"] == "hello @bob, grüße 🎉"
    ann.driver.posts.patch_post(post["id"], message="hello, edited")
    assert json.loads(bob.until("post_edited")["data"]["post"])["message"] == "hello, edited"
    ann.driver.posts.delete_post(post["id"])
    bob.until("post_deleted")
    assert post["id"] not in bob.driver.posts.get_posts_for_channel(channel["id"])["order"]


def test_threads(people, channel):
    ann, bob = people
    root = ann.driver.posts.create_post(channel["id"], "root")
    reply = bob.driver.posts.create_post(channel["id"], "reply", root_id=root["id"])
    thread = ann.driver.posts.get_post_thread(root["id"])
    assert set(thread["posts"]) == {root["id"], reply["id"]}
    assert thread["posts"][root["id"]]["reply_count"] == 1
    assert [t["id"] for t in ann.driver.threads.get_user_threads(ann.id, ann.team)["threads"]] == [root["id"]]


def test_reactions(people, channel):
    ann, bob = people
    post = ann.driver.posts.create_post(channel["id"], "like it?")
    bob.driver.reactions.save_reaction({"user_id": bob.id, "post_id": post["id"], "emoji_name": "+1"})
    told = json.loads(ann.until("reaction_added")["data"]["reaction"])
    assert (told["user_id"], told["emoji_name"]) == (bob.id, "+1")
    assert [r["emoji_name"] for r in ann.driver.reactions.get_reactions(post["id"])] == ["+1"]
    bob.driver.reactions.delete_reaction(bob.id, post["id"], "+1")
    ann.until("reaction_removed")


def test_files(people, channel):
    ann, bob = people
    content = bytes(range(256)) * 512
    uploaded = ann.driver.files.upload_file(files=("data.bin", content), channel_id=channel["id"])
    info = uploaded["file_infos"][0]
    assert (info["name"], info["size"]) == ("data.bin", len(content))
    post = ann.driver.posts.create_post(channel["id"], "a file", file_ids=[info["id"]])
    assert [f["id"] for f in bob.driver.posts.get_post(post["id"])["metadata"]["files"]] == [info["id"]]
    assert bob.driver.files.get_file(info["id"]).content == content


def test_searching(people, channel):
    ann, bob = people
    wanted = ann.driver.posts.create_post(channel["id"], "the quick brown heffalump")
    ann.driver.posts.create_post(channel["id"], "something else")
    found = bob.driver.posts.search_posts(bob.team, "heffalump from:ann", False)
    assert found["order"] == [wanted["id"]]


def test_direct_messages_and_presence(people):
    ann, bob = people
    direct = ann.driver.channels.create_direct_channel([ann.id, bob.id])
    bob.until("direct_added")
    post = ann.driver.posts.create_post(direct["id"], "between us")
    assert bob.until_posted(post["id"])["data"]["channel_type"] == "D"
    assert bob.driver.status.get_user_status(ann.id)["status"] == "online"
    ann.driver.status.update_user_status(ann.id, "dnd")
    ann.until("status_change", user_id=ann.id, status="dnd")
    assert bob.driver.status.get_user_status(ann.id)["status"] == "dnd"
