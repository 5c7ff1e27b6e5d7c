"""The arithmetic of bench/sizing."""

import tomllib

import pytest

from bench.sizing import estimate
from bench.sizing.__main__ import TARGETS

LOAD = {
    "users": 100,
    "seconds": 10.0,
    "events received": 500,
    "server": {"steady cores": 0.15, "idle cores": 0.05},
    "columns": ["request", "per second"],
    "rows": [["all over HTTP", 20], ["GET /users/me", 10], ["GET /elsewhere", 10], ["WebSocket one's own", 5]],
}
REST = {"columns": ["operation", "CPU, us"], "rows": [["one's own user", 80], ["own preferences", 120]]}
FANOUT = {
    "columns": ["receivers", "CPU per delivery, us", "KiB per connection"],
    "rows": [[1000, 10, 8.0], [10, 40, 8.0]],
}


def test_a_users_cost_leaves_out_what_the_idle_server_uses():
    assert estimate.cores_a_user(LOAD) == pytest.approx(0.001)


def test_parts_count_requests_at_their_own_or_the_usual_cost_and_deliveries():
    # 10 * 80 us, 10 * the median of 80 and 120, 50 deliveries of 40 us; of 100 users
    assert estimate.cores_a_user_by_parts(LOAD, REST, FANOUT) == pytest.approx((800 + 1000 + 2000) / 1e6 / 100)


def test_users_held_keep_below_the_share():
    assert estimate.users_held(4, 0.001, 0.85) == 3400
    assert estimate.users_held(4, 0.0, 0.85) == 0


def test_line_is_judged_by_the_more_careful_estimate():
    target = estimate.Installation(2000, 4)
    assert estimate.line(target, [8000, 6000]) == ["4", "2,000", "8,000", "6,000", "3.0", "yes"]
    assert estimate.line(target, [8000, 1900])[-1] == "no"
    assert estimate.line(target, [8000, 0])[3:] == ["not measured", "4.0", "yes"]


def test_connections_per_gib():
    assert estimate.connections_per_gib(FANOUT, 0.5) == 65_536


def test_targets_grow_in_users_and_processors():
    targets = tomllib.loads(TARGETS.read_text())["installation"]
    assert [t["users"] for t in targets] == sorted(t["users"] for t in targets)
    assert [t["vcpus"] for t in targets] == sorted(t["vcpus"] for t in targets)
