"""The mail server hangs, and workers are killed while they hand over a mail: posting goes on, no mail is doubled."""

import os
import signal
from contextlib import suppress

import httpx2
import pytest
import trio

from mmfast.core.ids import new_id
from mmfast.db.pool import Database
from tests.faults.caller import Caller
from tests.features.delivery.postbox import Postbox, open_postbox
from tests.running import RunningServer, running_server

POSTS = 20


@pytest.fixture
def postbox():
    with open_postbox() as box:
        yield box


@pytest.fixture
async def mailing(postbox, database_dsn):
    """A server of two workers that sends its mails to the postbox."""
    settings = {f"MM_EMAILSETTINGS_{name.upper()}": value for name, value in postbox.settings.items()}
    with running_server("--workers", "2", MM_SQLSETTINGS_DATASOURCE=database_dsn, **settings) as server:
        yield server


@pytest.fixture
async def caller(mailing, postbox):
    """An account that has had its welcome mail."""
    caller = Caller(mailing.port)
    async with caller.client:
        await caller.sign_up_and_in("a" + new_id()[:10])
        assert (await postbox.take())["To"] == caller.user["email"]
        yield caller


async def arrival(postbox: Postbox) -> str:
    """The Message-ID of the next mail: a new worker may have to start first."""
    mail = await trio.to_thread.run_sync(lambda: postbox.mails.get(timeout=40))
    return mail["Message-ID"]


async def ask_for_mail(caller: Caller) -> None:
    """Has a mail sent, by whichever worker is there."""
    answer = None
    while answer is None:
        with suppress(OSError, httpx2.TransportError):
            answer = await caller.client.post("/users/password/reset/send", json={"email": caller.user["email"]})
    assert answer.status_code == 200, answer.text


async def held(postbox: Postbox) -> None:
    assert await trio.to_thread.run_sync(lambda: postbox.holding.wait(20)), "no worker came with a mail"


def kill_workers(server: RunningServer) -> None:
    workers = server.workers()
    assert len(workers) == 2
    for pid in workers:
        os.kill(pid, signal.SIGKILL)


async def waiting(db: Database) -> list[tuple[bool, bool]]:
    """Of each mail in the queue: whether a worker has claimed it, and may have finished it."""
    rows = await db.fetch("SELECT claimedat > 0, finishingat > 0 FROM mmfast_mail_queue ORDER BY createat")
    return [tuple(row) for row in rows]


async def test_who_posts_does_not_wait_for_a_mail_server_that_hangs(mailing, postbox, caller):
    channel_id = await caller.create_channel("c" + new_id()[:10])
    reader = Caller(mailing.port)
    async with reader.client:
        await reader.sign_up_and_in("a" + new_id()[:10])
        await postbox.take()
    team_id = (await caller.client.get(f"/channels/{channel_id}")).json()["team_id"]
    await caller.create(f"/teams/{team_id}/members", team_id=team_id, user_id=reader.user["id"])
    await caller.create(f"/channels/{channel_id}/members", user_id=reader.user["id"])
    postbox.hold_at = "RCPT"
    await ask_for_mail(caller)
    await held(postbox)
    before = trio.current_time()
    for number in range(POSTS):  # each of them makes a mail
        await caller.create("/posts", channel_id=channel_id, message=f"@{reader.user['username']} {number}")
    assert trio.current_time() - before < POSTS / 2, "a mail server's time-out is ten seconds"
    postbox.hold_at = ""
    assert len({await arrival(postbox) for _ in range(POSTS + 1)}) == POSTS + 1
    assert postbox.is_empty()


async def test_a_mail_whose_worker_is_killed_before_its_last_line_is_sent_once(mailing, postbox, caller, database):
    postbox.hold_at = "RCPT"
    await ask_for_mail(caller)
    await held(postbox)
    kill_workers(mailing)
    assert await waiting(database) == [(True, False)]
    postbox.hold_at = ""
    await database.execute("UPDATE mmfast_mail_queue SET claimedat = 1")  # as if five minutes had passed
    await ask_for_mail(caller)
    assert await arrival(postbox) != await arrival(postbox)
    while await waiting(database):
        await trio.lowlevel.checkpoint()
    assert postbox.is_empty()


async def test_a_mail_whose_worker_is_killed_after_its_last_line_is_not_sent_again(mailing, postbox, caller, database):
    postbox.hold_at = "DATA"
    await ask_for_mail(caller)
    await held(postbox)
    kill_workers(mailing)
    assert await waiting(database) == [(True, True)]
    postbox.hold_at = ""
    await database.execute("UPDATE mmfast_mail_queue SET claimedat = 1")
    await ask_for_mail(caller)
    arrived = [await arrival(postbox)]
    while (True, True) not in (left := await waiting(database)) or len(left) > 1:
        await trio.lowlevel.checkpoint()
    while not postbox.is_empty():  # the postbox may have taken it in the end, as no client can tell
        arrived.append(await arrival(postbox))
    assert len(arrived) == len(set(arrived))
    assert len(arrived) <= 2
