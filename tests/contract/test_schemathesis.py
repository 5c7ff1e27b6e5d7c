"""Schemathesis reads our OpenAPI document and sends what it finds worth sending, right and wrong, to each operation.

It takes a third of a second to make up requests for one operation: a share of the operations is tried unless
MMFAST_FUZZ=all. `test_fuzz` tries all of them always, with requests of our own.
"""

import json
import logging
import os
from contextlib import suppress
from urllib.parse import urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from mmfast.api.openapi import document
from mmfast.api.router import load_operations
from tests.client import Client
from tests.contract.test_fuzz import is_failure

SHARE = 1 if os.environ.get("MMFAST_FUZZ") == "all" else 16
"""One operation of so many is tried."""

CASES = 4


@pytest.fixture(scope="module")
def described():
    declared = [o for o in load_operations().values() if not o.path.endswith("/websocket")]
    return schemathesis.openapi.from_dict(document(declared))


def cases_of(operation, mode):
    """A few requests; always the same ones."""
    found = []

    @settings(
        max_examples=CASES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def take(case):
        found.append(case)

    with suppress(Unsatisfiable):  # nothing can be wrong about a request without parameters
        take()
    return found


async def send(client: Client, case):
    """The answer to a request, signed by the client whatever Schemathesis would put into the header for that."""
    request = case.as_transport_kwargs(base_url="http://test")
    path = request["url"].removeprefix("http://test")
    path = path.removeprefix("/api/v4") if path.startswith("/api/v4/") else "/" + path
    if request.get("params"):
        path += "?" + urlencode(request["params"], doseq=True)
    body = json.dumps(request["json"]) if "json" in request else request.get("data") or b""
    body = body.encode() if isinstance(body, str) else body
    return await client.call(case.method.upper(), path, data=body)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
async def test_no_request_makes_the_server_fail(described, admin, mode, caplog):
    caplog.set_level(logging.WARNING)
    failed = []
    for result in list(described.get_all_operations())[::SHARE]:
        for case in cases_of(result.ok(), mode):
            answer = await send(admin, case)
            if is_failure(answer):
                failed.append(f"{answer.status} {answer.error}: {case}")
    assert failed == []
    assert [record for record in caplog.records if record.exc_info] == []
