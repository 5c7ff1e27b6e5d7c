"""Every declared operation is asked nonsense by all kinds of callers: none fails, and all refusals are the caller's."""

import logging
import os
from random import Random

import pytest

from mmfast.api.openapi import document
from mmfast.api.router import load_operations
from tests.client import Client
from tests.contract.fuzzing import Guesser
from tests.contract.world import World, build_world

ROUNDS = 10
"""Requests per operation and caller."""

SEED = os.environ.get("MMFAST_FUZZ_SEED", "")
"""Another text gives other requests; the same one gives the same."""

NOT_BUILT = (501, 503)
"""Recorded: what needs a licence, and what cannot be had at the moment."""

RECORDED = {(500, "app.admin.test_email.failure")}
"""Failures of others that the reference reports as its own."""


def is_failure(answer):
    """Whether the server is at fault."""
    return answer.status >= 500 and answer.status not in NOT_BUILT and (answer.status, answer.error) not in RECORDED


@pytest.fixture
async def world(app, nobody: Client, admin: Client) -> World:
    return await build_world(app, nobody, admin)


def all_operations():
    """The operations' addresses in the document, in order."""
    declared = [o for o in load_operations().values() if not o.path.endswith("/websocket")]
    described = document(declared)
    return described, [(path, method) for path, methods in described["paths"].items() for method in methods]


async def send(client, guess):
    path = guess.path.removeprefix("/api/v4") if guess.path.startswith("/api/v4") else "/" + guess.path
    headers = {"content-type": guess.content_type}
    return await client.call(guess.method, path, data=guess.body, headers=headers)


@pytest.mark.parametrize("who", ["nobody", "stranger", "member", "admin"])
async def test_no_request_makes_the_server_fail(server, world, who, caplog):
    caplog.set_level(logging.WARNING)
    described, addresses = all_operations()
    guesser = Guesser(described, world.known, Random(SEED + who))
    client = getattr(world, who)
    failed = []
    for path, method in addresses * ROUNDS:
        guess = guesser.guess(path, method)
        answer = await send(client, guess)
        if is_failure(answer):
            failed.append(f"{answer.status} {answer.error}: {guess}")
        if answer.status == 401 and client.token:
            await world.restore()  # it may have ended its own session, or its account
    assert failed == []
    assert [record for record in caplog.records if record.exc_info] == []
