"""The metrics: names against the reference's, that they count what happens, and the page that Prometheus reads."""

import json
import os
import re
import socket
import time
from pathlib import Path

import httpx2
import pytest
import trio
import yaml

from mmfast.api.context import Context
from mmfast.api.router import load_operations
from mmfast.features.admin.jobs import service as jobs
from mmfast.features.admin.observability.service import Observer
from mmfast.features.admin.observability.types import LEFT_OUT
from mmfast.platform.metrics import FAMILIES
from tests.client import PASSWORD
from tests.running import running_server

OWN = "mmfast_"
CONFIG = Path(__file__).parents[3] / "config"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def observer(app):
    return Observer(app)


async def values(observer):
    """Every value by name and labels."""
    families = (await observer.take()).families
    return {(f.name, *s.labels): sum(s.counts) or s.value for f in families for s in f.samples}


@pytest.mark.reference
def test_names_are_the_reference_s_or_ours_both_ways():
    load_operations()
    lines = (Path(os.environ["MMFAST_REFERENCE"]) / "reference/metric-names.txt").read_text().splitlines()
    known = dict(line.split() for line in lines)
    served = {name: family.kind for name, family in FAMILIES.items() if not name.startswith(OWN)}
    assert {name: kind for name, kind in served.items() if known.get(name) != kind} == {}
    assert sorted(known.keys() - served.keys()) == sorted(LEFT_OUT)


async def test_what_people_do_is_counted(observer, admin, nobody):
    before = await values(observer)
    team = (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()
    channel = (await admin.get(f"/teams/{team['id']}/channels/name/town-square")).json()
    before = await values(observer)
    uploaded = await admin.post(f"/files?channel_id={channel['id']}&filename=a.txt", data=b"text")
    file_id = uploaded.json()["file_infos"][0]["id"]
    body = {"channel_id": channel["id"], "message": "hello"}
    assert (await admin.post("/posts", {**body, "file_ids": [file_id]})).status == 201
    assert (await admin.post(f"/teams/{team['id']}/posts/search", {"terms": "hello"})).status == 200
    assert (await nobody.post("/users/login", {"login_id": "sysadmin", "password": "wrong"})).status == 401
    assert (await nobody.login("sysadmin")).status == 200
    after = await values(observer)
    grown = {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)}
    for name in (
        "mattermost_post_total",
        "mattermost_post_file_attachments_total",
        "mattermost_post_broadcasts_total",
        "mattermost_search_posts_searches_total",
        "mattermost_login_logins_total",
        "mattermost_login_logins_fail_total",
        "mattermost_http_errors_total",
    ):
        assert grown[(name,)] == 1, name
    assert grown[("mattermost_http_requests_total",)] == 5
    assert grown[("mmfast_api_seconds", "CreatePost")] == 1
    assert grown[("mattermost_websocket_broadcasts_total", "posted")] == 1


async def become_active(client):
    body = {"user_id": client.user["id"], "status": "online"}
    assert (await client.put(f"/users/{client.user['id']}/status", body)).status == 200


async def test_figures_of_the_database_are_not_asked_for_at_every_look(observer, app, admin):
    await become_active(admin)
    assert (await values(observer))[("mattermost_db_active_users",)] == 1
    await become_active(await admin.sign_up("ann"))
    assert (await values(observer))[("mattermost_db_active_users",)] == 1
    assert (await values(Observer(app)))[("mattermost_db_active_users",)] == 2


def test_the_sample_dashboard_shows_what_is_served():
    load_operations()
    dashboard = json.loads((CONFIG / "grafana-dashboard.json").read_text())
    shown = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    names = {name for text in shown for name in re.findall(r"(?:mattermost|mmfast)_\w+", text)}
    assert {name for name in names if name.removesuffix("_bucket") not in FAMILIES} == set()
    assert yaml.safe_load((CONFIG / "prometheus.yml").read_text())["scrape_configs"]


async def test_reports_of_clients_are_counted_by_known_names_only(observer, app, admin):
    now = int(time.time() * 1000)
    report = {
        "version": "0.1.0",
        "labels": {"platform": "linux", "agent": 'x"} 1'},
        "start": now - 1000,
        "end": now,
        "counters": [{"metric": "long_tasks", "value": 3}, {"metric": "long_tasks", "value": -5}],
        "histograms": [
            {"metric": "page_load", "value": 1500},
            {"metric": "CLS", "value": 0.02},
            {"metric": "made_up", "value": 1},
        ],
    }
    before = await values(observer)
    assert (await admin.post("/client_perf", report)).status == 200
    after = await values(observer)
    grown = {k: after[k] - before.get(k, 0) for k in after if "webapp" in k[0] or "client" in k[0]}
    assert {k: v for k, v in grown.items() if v} == {
        ("mattermost_webapp_long_tasks", "linux", "other"): 3,
        ("mmfast_client_seconds", "page_load", "linux", "other"): 1,
        ("mmfast_client_layout_shift", "linux", "other"): 1,
    }
    await app.config_store.patch({"MetricsSettings": {"EnableClientMetrics": False}})
    assert (await admin.post("/client_perf", report)).status == 200
    later = await values(observer)
    assert {key: later[key] for key in grown} == {key: after[key] for key in grown}


def scrape(port):
    """The values of the page, by name and labels as written."""
    answer = httpx2.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = {}
    for line in answer.text.splitlines():
        if not line.startswith("#"):
            name, value = re.fullmatch(r"(\S+(?:{.*})?) (\S+)", line).groups()
            assert name not in found
            found[name] = float(value)
    return found


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_the_page_of_a_running_server_is_the_sum_of_its_workers(workers):
    port = free_port()
    settings = {"MM_METRICSSETTINGS_ENABLE": "true", "MM_METRICSSETTINGS_LISTENADDRESS": f"127.0.0.1:{port}"}

    def look():
        with running_server("--workers", workers, **settings) as server:
            body = {"email": "a@example.com", "username": "ann", "password": PASSWORD}
            assert httpx2.post(server.url + "/api/v4/users", json=body).status_code == 201
            before = scrape(port)
            for _ in range(20):  # each over a connection of its own: they go to both workers
                assert httpx2.get(server.url + "/api/v4/system/ping").status_code == 200
            after = scrape(port)
            name = 'mmfast_api_seconds_count{operation="GetPing"}'
            assert after[name] - before.get(name, 0) == 20
            assert after["mattermost_http_requests_total"] - before["mattermost_http_requests_total"] == 20
            assert after["mattermost_db_master_connections_total"] >= 1
            assert httpx2.get(f"http://127.0.0.1:{port}/api/v4/config").status_code == 404
            assert httpx2.get(server.url + "/metrics").headers["content-type"].startswith("text/html")

    await trio.to_thread.run_sync(look)


async def test_a_taken_port_does_not_keep_the_server_from_serving():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        settings = {"MM_METRICSSETTINGS_ENABLE": "true", "MM_METRICSSETTINGS_LISTENADDRESS": address}

        def look():
            with running_server(**settings) as server:
                assert httpx2.get(server.url + "/api/v4/system/ping").status_code == 200
                assert "metrics are not served" in server.log()

        await trio.to_thread.run_sync(look)


async def test_jobs_are_counted_by_how_they_ended(app, admin, monkeypatch):
    monkeypatch.setattr(jobs, "GRACE_MS", -1000)  # they wait for nothing
    before = jobs.ENDED.of("export_process", "success").value
    assert (await admin.post("/jobs", {"type": "export_process", "data": None})).status == 201
    ctx = Context.background(app)
    taken = await jobs.take(ctx)
    assert taken is not None
    await jobs.run(ctx, taken)
    assert jobs.ENDED.of("export_process", "success").value == before + 1
