"""Jobs: asked for, seen, cancelled; leased by one worker, taken up again when that one dies."""

import pytest
import trio

from mmfast.api.context import Context
from mmfast.api.jobs import JOBS, JobFailed, job
from mmfast.features.admin.jobs import service

KIND = "extract_content"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Jobs wait for nothing, and signs of life come often; the worker does not look for work by itself."""
    monkeypatch.setattr(service, "GRACE_MS", -1000)
    monkeypatch.setattr(service, "BEAT_SECONDS", 0.01)


@pytest.fixture
def declare(app, monkeypatch):
    """Declares the only job there is, for this test."""

    def as_only(work, **options):
        job(KIND, **options)(work)

    for type in tuple(JOBS):
        monkeypatch.delitem(JOBS, type)
    monkeypatch.setitem(JOBS, KIND, None)
    del JOBS[KIND]
    return as_only


@pytest.fixture
def ctx(app):
    return Context.background(app)


async def ask(admin, type=KIND, **data):
    made = await admin.post("/jobs", {"type": type, "data": data or None})
    assert made.status == 201, made.body
    return made.json()


async def look(admin, asked):
    return (await admin.get(f"/jobs/{asked['id']}")).json()


async def run_next(ctx) -> bool:
    """Does what a worker does that looks for work once."""
    taken = await service.take(ctx)
    if taken is not None:
        await service.run(ctx, taken)
    return taken is not None


async def make_stale(app):
    await app.db.execute("UPDATE jobs SET lastactivityat = lastactivityat - 120000 WHERE status = 'in_progress'")


async def test_a_job_is_done_and_tells_of_itself(admin, ctx, declare):
    async def work(ctx, run):
        run.data["seen"] = "3"
        run.progress = 40

    declare(work)
    asked = await ask(admin, wish="all")
    assert (asked["status"], asked["progress"], asked["start_at"]) == ("pending", 0, 0)
    assert await run_next(ctx)
    done = await look(admin, asked)
    assert (done["status"], done["progress"], done["data"]) == ("success", 100, {"wish": "all", "seen": "3"})
    assert done["start_at"] > 0
    assert not await run_next(ctx)


async def test_of_racing_workers_one_does_the_job(admin, ctx, app, declare):
    done = []

    async def work(ctx, run):
        done.append(run.id)
        await trio.sleep(0.02)

    declare(work)
    asked = [await ask(admin) for _ in range(3)]
    for _ in asked:
        async with trio.open_nursery() as nursery:
            for _ in range(6):
                nursery.start_soon(run_next, Context.background(app))
    assert sorted(done) == sorted(one["id"] for one in asked)


async def test_two_jobs_of_a_type_never_run_at_once(admin, ctx, declare):
    inside, most = 0, 0

    async def work(ctx, run):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await trio.sleep(0.05)
        inside -= 1

    declare(work)
    await ask(admin)
    await ask(admin)
    first = await service.take(ctx)
    assert await service.take(ctx) is None
    await service.run(ctx, first)
    assert await run_next(ctx)
    assert most == 1


async def test_a_dead_workers_job_goes_on_from_its_checkpoint(admin, ctx, app, declare):
    seen = []

    async def work(ctx, run):
        seen.append((run.resumed, dict(run.state)))
        await run.checkpoint(ctx, line=7)

    declare(work)
    asked = await ask(admin)
    dead = await service.take(ctx)
    assert await service.take(ctx) is None
    await make_stale(app)
    assert await run_next(ctx)
    assert seen == [(False, {})]
    assert (await look(admin, asked))["status"] == "success"

    asked = await ask(admin)
    dead = await service.take(ctx)
    await service._require_states(app)
    await service.store.save_state(app.db, dead.id, {"line": 7})
    await make_stale(app)
    assert await run_next(ctx)
    assert seen[1:] == [(True, {"line": 7})]
    assert await app.db.fetchval("SELECT count(*) FROM mmfast_job_states") == 0


async def test_who_lost_a_job_writes_nothing_any_more(admin, ctx, app, declare):
    reached, go_on = trio.Event(), trio.Event()
    refused = []

    async def work(ctx, run):
        if not refused and not reached.is_set():
            reached.set()
            await go_on.wait()
            refused.append(run.id)
            async with ctx.transaction() as tx:
                await tx.execute("INSERT INTO systems (name, value) VALUES ('twice', '')")
                await run.checkpoint(ctx, line=1)
            refused.append("went on")

    declare(work)
    service_beat = service.BEAT_SECONDS
    service.BEAT_SECONDS = 60  # a worker that hangs gives no sign of life
    asked = await ask(admin)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(run_next, Context.background(app))
        await reached.wait()
        await make_stale(app)
        service.BEAT_SECONDS = service_beat
        assert await run_next(ctx)
        go_on.set()
    assert refused == [asked["id"]]
    assert await app.db.fetchval("SELECT count(*) FROM systems WHERE name = 'twice'") == 0
    assert (await look(admin, asked))["status"] == "success"


async def test_a_job_that_its_workers_die_of_is_given_up(admin, ctx, app, declare):
    async def work(ctx, run):
        raise AssertionError("nobody gets so far")

    declare(work)
    asked = await ask(admin)
    assert await service.take(ctx) is not None
    for _ in range(service.MAX_ATTEMPTS - 1):
        await make_stale(app)
        assert await service.take(ctx) is not None
    await make_stale(app)
    assert await service.take(ctx) is None
    given_up = await look(admin, asked)
    assert (given_up["status"], given_up["progress"]) == ("error", -1)
    assert "5 times" in given_up["data"]["error"]


async def test_a_worker_that_stops_gives_its_job_back(admin, ctx, app, declare):
    begun = trio.Event()

    async def work(ctx, run):
        begun.set()
        await trio.sleep_forever()

    declare(work)
    asked = await ask(admin)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(run_next, ctx)
        await begun.wait()
        nursery.cancel_scope.cancel()
    assert (await look(admin, asked))["status"] == "pending"
    assert (await service.take(Context.background(app))).id == asked["id"]


async def test_a_running_job_is_cancelled(admin, ctx, declare):
    begun = trio.Event()

    async def work(ctx, run):
        begun.set()
        await trio.sleep_forever()

    declare(work)
    asked = await ask(admin)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(run_next, ctx)
        await begun.wait()
        assert (await admin.post(f"/jobs/{asked['id']}/cancel")).status == 200
    assert (await look(admin, asked))["status"] == "canceled"


async def test_what_shall_be_cancelled_and_nobody_does_is_cancelled(admin, ctx):
    asked = await ask(admin, "elasticsearch_post_indexing")
    assert (await admin.call("PATCH", f"/jobs/{asked['id']}/status", {"status": "cancel_requested"})).status == 200
    await service.start_due(ctx)
    assert (await look(admin, asked))["status"] == "canceled"


async def test_failures_are_told_faults_are_not_spelled_out(admin, ctx, declare):
    failures = [JobFailed("line 3 is odd"), RuntimeError("password=secret")]

    async def work(ctx, run):
        run.data["line_number"] = "3"
        raise failures.pop(0)

    declare(work)
    for expected in ("line 3 is odd", "The job failed; the server's log has the details."):
        asked = await ask(admin)
        assert await run_next(ctx)
        failed = await look(admin, asked)
        assert (failed["status"], failed["progress"]) == ("error", -1)
        assert failed["data"] == {"line_number": "3", "error": expected}


async def test_scheduled_jobs_come_once_an_interval(admin, ctx, app, declare):
    runs = []

    async def work(ctx, run):
        runs.append(run.id)

    declare(work, every=3600)
    async with trio.open_nursery() as nursery:
        for _ in range(4):
            nursery.start_soon(service.schedule, Context.background(app))
    while await run_next(ctx):
        pass
    await service.schedule(ctx)
    assert not await run_next(ctx)
    assert len(runs) == 1
    await app.db.execute("UPDATE jobs SET createat = createat - 3600001")
    await service.schedule(ctx)
    assert await run_next(ctx)
    assert len(runs) == 2


async def test_switches_of_the_configuration(admin, ctx, app, declare):
    async def work(ctx, run):
        pass

    declare(work, every=60)
    await app.config_store.patch({"JobSettings": {"RunJobs": False, "RunScheduler": False}})
    await service.schedule(ctx)
    assert (await admin.get(f"/jobs/type/{KIND}")).json() == []
    asked = await ask(admin)
    assert await service.take(ctx) is None
    await app.config_store.patch({"JobSettings": {"RunJobs": True, "CleanupJobsThresholdDays": 1}})
    assert await run_next(ctx)
    await service.delete_old(ctx)
    assert (await look(admin, asked))["status"] == "success"
    await app.db.execute("UPDATE jobs SET createat = 1")
    await service.delete_old(ctx)
    assert (await admin.get(f"/jobs/{asked['id']}")).error == "app.job.get.app_error"


async def test_the_worker_starts_what_is_due_by_itself(admin, ctx, app, declare):
    done = trio.Event()

    async def work(ctx, run):
        done.set()

    declare(work)
    await ask(admin)
    await service.start_due(ctx)
    with trio.fail_after(5):
        await done.wait()


async def test_statuses_that_may_be_set(admin):
    asked = await ask(admin, "plugins")
    path = f"/jobs/{asked['id']}/status"

    async def put(status, **more):
        return (await admin.call("PATCH", path, {"status": status, **more})).error

    assert await put("canceled") == "api.job.status.invalid"
    assert await put("success") == "api.job.status.invalid"
    assert await put("cancel_requested") == ""
    assert await put("canceled") == ""
    assert await put("pending") == "api.job.status.invalid"
    assert await put("pending", force=True) == ""
    assert await put("success", force=True) == "app.job.update_status.app_error"
    assert await put("") == "api.context.invalid_body_param.app_error"
    assert (await admin.post(f"/jobs/{asked['id']}/cancel")).status == 200
    assert (await admin.post(f"/jobs/{asked['id']}/cancel")).error == "jobs.request_cancellation.status.error"


async def test_who_may_have_to_do_with_jobs(admin, nobody):
    user = await admin.sign_up("user")
    asked = await ask(admin, "plugins")
    id = asked["id"]
    for method, path, body in (
        ("POST", "/jobs", {"type": "plugins"}),
        ("POST", "/jobs", {"type": "ldap_sync"}),
        ("GET", "/jobs", None),
        ("GET", "/jobs?job_type=plugins", None),
        ("GET", "/jobs/type/plugins", None),
        ("GET", f"/jobs/{id}", None),
        ("POST", f"/jobs/{id}/cancel", None),
        ("PATCH", f"/jobs/{id}/status", {"status": "cancel_requested"}),
    ):
        assert (await nobody.call(method, path, body)).status == 401, path
        assert (await user.call(method, path, body)).error == "api.context.permissions.app_error", path
    assert (await look(admin, asked))["status"] == "pending"


async def test_a_role_reads_only_the_types_it_may(admin, app):
    reader = await admin.sign_up("reader")
    await ask(admin, "plugins")
    mine = await ask(admin, "elasticsearch_post_indexing")
    role = (await admin.get("/roles/name/system_user")).json()
    permissions = [*role["permissions"], "read_elasticsearch_post_indexing_job"]
    assert (await admin.put(f"/roles/{role['id']}/patch", {"permissions": permissions})).status == 200
    assert [one["id"] for one in (await reader.get("/jobs")).json()] == [mine["id"]]
    assert (await reader.get("/jobs?job_type=plugins")).status == 403
    assert (await reader.post(f"/jobs/{mine['id']}/cancel")).status == 403


async def test_results_of_jobs_are_downloaded_only_where_there_are_any(admin, app):
    asked = await ask(admin, "plugins")
    path = f"/jobs/{asked['id']}/download"
    assert (await admin.get(path)).error == "app.job.download_export_results_not_enabled"
    await app.config_store.patch({"MessageExportSettings": {"DownloadExportResults": True}})
    assert (await admin.get(path)).error == "api.job.unable_to_download_job.incorrect_job_type"
    await app.db.execute("UPDATE jobs SET type = 'message_export'")
    assert (await admin.get(path)).error == "api.job.unable_to_download_job"


async def test_the_jobs_that_are_here_are_done(admin, ctx):
    assert (await admin.put("/users/me/status", {"user_id": admin.user["id"], "status": "online"})).status == 200
    asked = await ask(admin, "active_users")
    await service.create_job(ctx, "refresh_materialized_views")
    while await run_next(ctx):
        pass
    done = await look(admin, asked)
    assert (done["status"], done["data"]["daily_active_users"]) == ("success", "1")
    [other] = (await admin.get("/jobs/type/refresh_materialized_views")).json()
    assert other["status"] == "success"
