"""Declared operations and the reference's routes, held against each other both ways."""

import json
import os
import re
from pathlib import Path

import pytest

from mmfast.api.operation import Auth, Operation
from mmfast.api.router import load_operations

pytestmark = pytest.mark.reference

TRUSTING = {"APIHandlerTrustRequester", "APISessionRequiredTrustRequester"}
OPEN = {
    "APIHandler",
    "APIHandlerTrustRequester",
    "RateLimitedHandler",
    "RemoteClusterTokenRequired",
    "CloudAPIKeyRequired",
}

UNLISTED = {
    "POST /api/v4/ldap/groups/{}/link": "recorded; the list of routes leaves it out, for its pattern is an odd one",
    "DELETE /api/v4/ldap/groups/{}/link": "recorded; the list of routes leaves it out, for its pattern is an odd one",
}
"""Routes that the reference has although its list does not. This list only shrinks."""


def shape(method: str, path: str) -> str:
    """Method and path with the parameters' names left out."""
    return method + " " + re.sub(r"\{\w+\}", "{}", path)


@pytest.fixture(scope="module")
def reference() -> dict[str, dict]:
    folder = Path(os.environ["MMFAST_REFERENCE"]) / "reference"
    rows = [json.loads(line) for line in (folder / "routes.jsonl").read_text().splitlines()]
    return {shape(row["method"], row["path"].replace("{websocket}", "websocket")): row for row in rows}


@pytest.fixture(scope="module")
def declared() -> dict[str, Operation]:
    return {shape(o.method, o.path): o for o in load_operations().values()}


def test_every_route_is_declared(reference, declared):
    assert sorted(reference.keys() - declared.keys()) == []


def test_no_route_under_the_api_is_invented(reference, declared):
    invented = {s for s in declared.keys() - reference.keys() if s.split(" ")[1].startswith("/api/v4/")}
    assert invented == UNLISTED.keys()


def test_the_session_demand_is_the_reference_s(reference, declared):
    wrong = []
    for route, row in reference.items():
        operation = declared[route]
        if (row["guard"] in OPEN) != (operation.auth is Auth.OPTIONAL):
            wrong.append(f"{route}: {operation.auth} for {row['guard']}")
        if (row["guard"] in TRUSTING) != operation.trust_requester:
            wrong.append(f"{route}: trust_requester={operation.trust_requester} for {row['guard']}")
        if (row["guard"] == "APISessionRequiredDisableWhenBusy") != operation.busy_refuses:
            wrong.append(f"{route}: busy_refuses={operation.busy_refuses} for {row['guard']}")
        if (row["guard"] == "APISessionRequiredMfa") != (operation.auth is Auth.SESSION_NO_MFA):
            wrong.append(f"{route}: {operation.auth} for {row['guard']}")
    assert wrong == []
