"""One client's WebSocket, over real sockets."""

import pytest

from mmfast import REFERENCE_VERSION
from mmfast.core.clock import now_ms
from mmfast.realtime import connection
from mmfast.realtime.event import Event
from mmfast.realtime.signals import UserSessionsRevoked
from tests.realtime.conftest import RawClient, until


class Told(Event, name="test_told"):
    n: int


async def speak(client, **request):
    """The reply to a request, events left out."""
    await client.send(**request)
    while True:
        for message in await client.receive():
            if "event" not in message:
                return message


async def test_hello_and_ping(directory):
    _, token = directory.user()
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker, token)
        (hello,) = await client.receive()
        assert hello["event"] == "hello"
        assert hello["seq"] == 0
        assert len(hello["data"]["connection_id"]) == 26
        reply = await speak(client, action="ping", seq=3)
        assert (reply["status"], reply["seq_reply"]) == ("OK", 3)
        assert reply["data"]["text"] == "pong"
        assert reply["data"]["version"] == REFERENCE_VERSION


async def test_challenge(directory):
    _, token = directory.user()
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker)
        await client.send(action="ping", seq=1)
        await client.send(action="authentication_challenge", seq=2, data={"token": token})
        messages = await client.receive()
        while len(messages) < 2:
            messages += await client.receive()
        assert [m.get("event", m.get("seq_reply")) for m in messages] == ["hello", 2]


@pytest.mark.parametrize("token", ["x" * 26, 5, None])
async def test_a_wrong_token_ends_it(directory, token):
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker)
        await client.send(action="authentication_challenge", seq=1, data={"token": token})
        assert await client.receive() == []


async def test_silence_before_the_challenge_ends_it(directory, monkeypatch):
    monkeypatch.setattr(connection, "CHALLENGE_SECONDS", 0.05)
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker)
        assert await client.receive() == []


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"seq": 1}, "api.web_socket_router.no_action.app_error"),
        ({"action": "ping"}, "api.web_socket_router.bad_seq.app_error"),
        ({"action": "ping", "seq": -1}, "api.web_socket_router.bad_seq.app_error"),
        ({"action": "dance", "seq": 1}, "api.web_socket_router.bad_action.app_error"),
        ({"action": "user_typing", "seq": 1}, "api.websocket_handler.invalid_param.app_error"),
    ],
)
async def test_refused_requests(directory, request_, error):
    _, token = directory.user()
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker, token)
        reply = await speak(client, **request_)
        assert reply["status"] == "FAIL"
        assert reply["error"]["id"] == error


async def test_typing_is_heard_by_the_other_members(directory):
    (ann, ann_token), (_, bob_token) = directory.user("c" * 26), directory.user("c" * 26)
    async with directory.workers() as (worker,):
        a, b = await RawClient.open(worker, ann_token), await RawClient.open(worker, bob_token)
        await a.receive()
        await b.receive()
        assert await speak(a, action="user_typing", seq=1, data={"channel_id": "c" * 26}) == {
            "status": "OK",
            "seq_reply": 1,
        }
        (typing,) = await b.receive()
        assert typing["data"] == {"parent_id": "", "user_id": ann}
        assert typing["broadcast"]["omit_users"] == {ann: True}


async def test_a_busy_server_does_not_pass_typing_on(directory):
    (_, token) = directory.user("c" * 26)
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker, token)
        worker.app.busy_until_ms = now_ms() + 60_000
        reply = await speak(client, action="user_typing", seq=1, data={"channel_id": "c" * 26})
        assert reply["error"]["id"] == "api.websocket_handler.server_busy.app_error"


async def test_an_ended_session_is_refused_but_not_hung_up(directory):
    user_id, token = directory.user()
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker, token)
        await client.receive()
        worker.hub.publish(UserSessionsRevoked(user_id))
        worker.hub.publish(Told(n=1).to())
        reply = await speak(client, action="ping", seq=1)
        assert reply["error"]["id"] == "api.web_socket_router.not_authenticated.app_error"


async def test_a_stopping_server_says_so(directory):
    _, token = directory.user()
    async with directory.workers() as (worker,):
        client = await RawClient.open(worker, token)
        await client.receive()
        worker.scope.cancel()
        assert await client.receive() == [1012]


async def test_news_and_lines_across_workers(directory):
    (ann, ann_token), (bob, bob_token) = directory.user("c"), directory.user("c")
    async with directory.workers(2) as (one, two):
        a, b = await RawClient.open(one, ann_token), await RawClient.open(two, bob_token)
        (hello,) = await a.receive()
        await b.receive()
        one.hub.publish(Told(n=1).to(channel_id="c"))
        assert [m["data"]["n"] for m in await a.receive()] == [1]
        assert [m["data"]["n"] for m in await b.receive()] == [1]
        assert one.hub.is_connected(bob)
        assert two.hub.is_connected(ann)
        await a.close()
        await until(lambda: not two.hub.is_connected(ann))
        two.hub.publish(Told(n=2).to(channel_id="c"))
        await b.receive()
        query = f"?connection_id={hello['data']['connection_id']}&sequence_number=2"
        again = await RawClient.open(two, ann_token, query)
        assert [(m["seq"], m["data"]["n"]) for m in await again.receive()] == [(2, 2)]
        one.hub.publish(Told(n=3).to(channel_id="c"))
        assert [(m["seq"], m["data"]["n"]) for m in await again.receive()] == [(3, 3)]
        assert (await speak(again, action="ping", seq=9))["seq_reply"] == 9
        assert one.hub.connected_users() == [ann]


async def test_a_lost_worker_s_users_are_not_connected(directory):
    ann, token = directory.user()
    async with directory.workers(2) as (one, two):
        client = await RawClient.open(one, token)
        await client.receive()
        await until(lambda: two.hub.is_connected(ann))
        one.scope.cancel()
        await until(lambda: not two.hub.is_connected(ann))
