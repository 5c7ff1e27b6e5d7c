"""Figures and reports: analytics, usage, limits, the report of users, clients' performance."""

import pytest

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.admin.reports.store import refresh_statistics
from mmfast.features.admin.usage.service import rounded


@pytest.fixture
async def team(admin):
    """A team with a channel in which its one member, alice, has written."""
    team = (await admin.post("/teams", {"name": "team", "display_name": "T", "type": "O"})).json()
    alice = await admin.sign_up("alice", nickname="50%")
    await admin.post(f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": alice.user["id"]})
    channel = (await admin.get(f"/teams/{team['id']}/channels/name/town-square")).json()
    for _ in range(3):
        assert (await alice.post("/posts", {"channel_id": channel["id"], "message": "m"})).status == 201
    return team


def test_rounding_keeps_the_first_digit():
    assert [rounded(n) for n in (0, 7, 10, 4321, 99999)] == [0, 7, 10, 4000, 90000]


async def test_analytics_count_the_team_and_the_server(admin, team):
    async def figures(name, team_id=""):
        rows = (await admin.get(f"/analytics/old?name={name}&team_id={team_id}")).json()
        return {row["name"]: row["value"] for row in rows}

    ours = await figures("standard", team["id"])
    assert ours["unique_user_count"] == 2
    assert ours["channel_open_count"] == 2
    whole = await figures("standard")
    assert whole["team_count"] == 1
    assert whole["post_count"] >= ours["post_count"] > 3
    assert (await figures("extra_counts"))["session_count"] == 2
    (posts,) = (await figures("post_counts_day", team["id"])).values()
    assert posts == ours["post_count"]
    assert list((await figures("user_counts_with_posts_day", team["id"])).values()) == [2]
    assert await figures("bot_post_counts_day") == {}
    assert (await admin.get("/analytics/old?name=nonsense")).status == 400


async def test_the_report_of_users_pages_filters_and_sorts(app, admin, team):
    async def names(query):
        return [row["username"] for row in (await admin.get("/reports/users?" + query)).json()]

    assert await names("") == ["alice", "sysadmin"]
    assert await names("sort_direction=desc&page_size=1") == ["sysadmin"]
    alice_id = (await admin.get("/users/username/alice")).json()["id"]
    assert await names(f"from_column_value=alice&from_id={alice_id}") == ["sysadmin"]
    assert await names("search_term=50%25") == ["alice"]
    assert await names("search_term=_") == []
    assert await names("role_filter=system_admin") == ["sysadmin"]
    assert await names("has_no_team=true") == []
    assert await names("hide_active=true") == []
    assert (await admin.get("/reports/users/count?role_filter=system_user")).json() == 1
    for wrong in ("page_size=101", "sort_column=Shoe", "team_filter=x", "hide_active=true&hide_inactive=true"):
        assert (await admin.get("/reports/users?" + wrong)).status == 400, wrong


async def test_the_report_of_users_says_what_they_posted_once_counted(app, admin, team):
    async def alice(query=""):
        return (await admin.get("/reports/users?search_term=alice" + query)).json()[0]

    assert "total_posts" not in await alice()
    await refresh_statistics(Context.background(app).db)
    row = await alice()
    assert row["days_active"] == 1
    assert row["total_posts"] >= 3
    assert row["channel_count"] == 2
    assert "password" not in row
    assert (await alice("&date_range=last30days"))["total_posts"] == row["total_posts"]
    assert (await alice("&date_range=previousmonth"))["days_active"] == 0


async def test_the_report_of_posts_reads_its_request(admin):
    wrong = await admin.post("/reports/posts", {"channel_id": "x"})
    assert wrong.error == "model.post.query_params.invalid_channel_id"
    wrong = await admin.post("/reports/posts", {"channel_id": "z" * 26, "cursor": "garbage"})
    assert wrong.error == "model.post.decode_cursor.invalid_base64"


async def test_there_are_no_limits(admin):
    user = await admin.sign_up("user")
    assert (await admin.get("/limits/server")).json()["activeUserCount"] == 2
    assert set((await user.get("/limits/server")).json().values()) == {0}


async def test_usage_is_open_to_every_user(admin, nobody, team):
    user = await admin.sign_up("user")
    assert (await user.get("/usage/posts")).json() == {"count": 3}
    assert (await user.get("/usage/storage")).json() == {"bytes": 0}
    assert (await user.get("/usage/teams")).json() == {"active": 1, "cloud_archived": 0}
    assert (await nobody.get("/usage/posts")).status == 401


async def test_reports_of_clients_must_be_recent(admin):
    now = now_ms()
    good = {"version": "0.1.0", "labels": {"agent": "firefox"}, "start": now - 60_000, "end": now, "counters": []}
    assert (await admin.post("/client_perf", good)).status == 200
    for change in ({"version": "9"}, {"start": now + 1}, {"start": 0, "end": now - 3_600_000}):
        assert (await admin.post("/client_perf", good | change)).status == 400, change
