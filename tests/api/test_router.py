"""Routes are found by method and path, the fixed before the variable."""

import pytest

from mmfast.api.binding import parse_query
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import Operation
from mmfast.api.router import Router


async def handler(ctx):
    """Does nothing."""


def declared(method, path):
    names = tuple(p.partition("}")[0] for p in path.split("{")[1:])
    return Operation(f"{method} {path}", method, path, handler, PUBLIC, parameters=names)


@pytest.fixture
def router():
    return Router(
        [
            declared("GET", "/api/v4/users"),
            declared("GET", "/api/v4/users/stats"),
            declared("GET", "/api/v4/users/{user_id}"),
            declared("DELETE", "/api/v4/users/{user_id}"),
            declared("GET", "/api/v4/users/{user_id}/image"),
            declared("GET", "/api/v4/users/email/{email}"),
            declared("GET", "/api/v4/exports/{export_name}"),
            declared("GET", "/api/v4/groups/{group_id}/{syncable_type}"),
        ]
    )


@pytest.mark.parametrize(
    ("method", "path", "name", "values"),
    [
        ("GET", "/api/v4/users", "GET /api/v4/users", {}),
        ("GET", "/api/v4/users/stats", "GET /api/v4/users/stats", {}),
        ("GET", "/api/v4/users/abc", "GET /api/v4/users/{user_id}", {"user_id": "abc"}),
        ("DELETE", "/api/v4/users/stats", "DELETE /api/v4/users/{user_id}", {"user_id": "stats"}),
        ("GET", "/api/v4/users/email/a/b@c", "GET /api/v4/users/email/{email}", {"email": "a/b@c"}),
        ("GET", "/api/v4/users/email/image", "GET /api/v4/users/{user_id}/image", {"user_id": "email"}),
        ("GET", "/api/v4/exports/x.zip", "GET /api/v4/exports/{export_name}", {"export_name": "x.zip"}),
        (
            "GET",
            "/api/v4/groups/g/teams",
            "GET /api/v4/groups/{group_id}/{syncable_type}",
            {"group_id": "g", "syncable_type": "teams"},
        ),
    ],
)
def test_an_address_finds_its_operation(router, method, path, name, values):
    found = router.find(method, path)
    assert found is not None
    assert (found[0].operation.name, found[1]) == (name, values)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/api/v4/users"),
        ("GET", "/api/v4/users/"),
        ("GET", "/api/v4/users/a.b"),
        ("get", "/api/v4/users"),
        ("GET", "/api/v4/groups/g/others"),
        ("GET", "/api/v4/exports/x.tar"),
        ("GET", ""),
    ],
)
def test_an_unknown_address_finds_nothing(router, method, path):
    assert router.find(method, path) is None


def test_a_query_gives_first_values_decoded():
    assert parse_query("a=1&a=2&b=x%20y+z&c&;d=1&=e") == {"a": "1", "b": "x y z", "c": "", "": "e"}
