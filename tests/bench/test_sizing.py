"""The arithmetic of bench/sizing."""

import tomllib
from xml.etree import ElementTree

import pytest

from bench.sizing import estimate
from bench.sizing.__main__ import TARGETS
from bench.sizing.picture import draw

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
    target, shown = estimate.Installation(2000, 4), estimate.Installation(60, 2)
    found = estimate.line(target, [8000, 6000], shown)
    assert found == ["4", "2,000", "8,000", "6,000", "3.0", "only extrapolated"]
    assert estimate.line(target, [8000, 1900], shown)[-1] == "no"
    assert estimate.line(target, [8000, 0], shown)[3:] == ["not measured", "4.0", "only extrapolated"]
    assert estimate.line(target, [0, 0], shown)[-1] == "not known"


def test_target_counts_as_measured_where_a_run_on_no_more_processors_held_it():
    target = estimate.Installation(2000, 4)
    assert estimate.line(target, [8000, 6000], estimate.Installation(2000, 4))[-1] == "yes, measured"
    assert estimate.line(target, [8000, 6000], estimate.Installation(2000, 8))[-1] == "only extrapolated"


def test_connections_per_gib():
    assert estimate.connections_per_gib(FANOUT, 0.5) == 65_536


def test_targets_grow_in_users_and_processors():
    targets = tomllib.loads(TARGETS.read_text())["installation"]
    assert [t["users"] for t in targets] == sorted(t["users"] for t in targets)
    assert [t["vcpus"] for t in targets] == sorted(t["vcpus"] for t in targets)


def test_picture_has_a_line_for_each_estimate_that_was_measured():
    lines = {"target": [200, 2000], "by the load run": [900, 1800], "by parts": [0, 0]}
    picture = ElementTree.fromstring(draw([2, 4], lines))
    drawn = picture.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(drawn) == 2
    assert drawn[0].get("points") == "70,330 570,70"
