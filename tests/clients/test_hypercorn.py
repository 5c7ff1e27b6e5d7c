"""The same clients against the same application under Hypercorn: what an installation with HTTP/2 serves."""

from collections.abc import Iterator

import httpx2
import pytest
import trio

from tests.clients.test_autodriver import (  # noqa: F401  # the tests run again, with the fixture `served` of here
    channel,
    people,
    test_direct_messages_and_presence,
    test_files,
    test_logging_out_ends_the_session,
    test_posts_are_seen_at_once,
    test_reactions,
    test_searching,
    test_signing_up_and_in,
    test_teams_and_channels,
    test_threads,
)
from tests.running import RunningServer, running_server

PASSWORD = "Passwd-123456"


@pytest.fixture(scope="module")
def served() -> Iterator[RunningServer]:
    """A running server, by Hypercorn."""
    with running_server("--hypercorn") as server:
        yield server
        assert "Traceback" not in server.log()


async def test_http_2(served):
    with trio.fail_after(30):
        async with httpx2.AsyncClient(http1=False, http2=True, base_url=served.url + "/api/v4") as client:
            answer = await client.get("/system/ping")
            assert (answer.http_version, answer.json()["status"]) == ("HTTP/2", "OK")
            account = {"email": "h2@example.com", "username": "h2-user", "password": PASSWORD}
            assert (await client.post("/users", json=account)).status_code == 201
            login = await client.post("/users/login", json={"login_id": "h2-user", "password": PASSWORD})
            headers = {"Authorization": "Bearer " + login.headers["token"]}
            assert (await client.get("/users/me", headers=headers)).json()["username"] == "h2-user"
