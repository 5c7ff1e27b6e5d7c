"""Workers are killed while they do a job: another does it, once, and posting goes on."""

import io
import json
import os
import signal
import zipfile
from contextlib import suppress

import httpx2
import pytest
import trio

from mmfast.core.ids import new_id
from tests.faults.caller import Caller
from tests.running import running_server


@pytest.fixture
async def working(database_dsn):
    """A server of two workers."""
    with running_server("--workers", "2", MM_SQLSETTINGS_DATASOURCE=database_dsn) as server:
        yield server


@pytest.fixture
async def caller(working):
    """The administrator."""
    caller = Caller(working.port)
    async with caller.client:
        await caller.sign_up_and_in("a" + new_id()[:10])
        yield caller


async def until(database, job, status):
    """Waits for a status of the job; gives under which mark it was taken."""
    while True:
        row = await database.fetchrow("SELECT status, startat FROM jobs WHERE id = $1", job["id"])
        if row["status"] == status:
            return row["startat"]
        await trio.lowlevel.checkpoint()


async def read(caller, path):
    """An answer by whichever worker is there."""
    while True:
        with suppress(OSError, httpx2.TransportError):
            answer = await caller.client.get(path)
            if answer.status_code == 200:
                return answer


async def test_an_export_whose_workers_are_killed_is_made_by_others(working, caller, database):
    channel_id = await caller.create_channel("c" + new_id()[:10])
    await caller.create("/posts", channel_id=channel_id, message="to be exported")
    async with database.transaction() as tx:
        await tx.execute("LOCK TABLE posts IN ACCESS EXCLUSIVE MODE")  # the export gets no further than its first look
        job = await caller.create("/jobs", type="export_process")
        first = await until(database, job, "in_progress")
        workers = working.workers()
        assert len(workers) == 2
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
    await read(caller, "/users/me")
    await caller.create("/posts", channel_id=channel_id, message="meanwhile")
    assert await until(database, job, "in_progress") == first, "nobody takes it while its worker may live"
    await database.execute(
        "UPDATE jobs SET lastactivityat = 1 WHERE status = 'in_progress'"
    )  # as if a minute had passed
    assert await until(database, job, "success") > first
    names = (await read(caller, "/exports")).json()
    assert names == [f"{job['id']}_export.zip"]
    with zipfile.ZipFile(io.BytesIO((await read(caller, f"/exports/{names[0]}")).content)) as archive:
        lines = [json.loads(line) for line in archive.read("import.jsonl").splitlines()]
    said = [line["post"]["message"] for line in lines if line["type"] == "post"]
    assert (said.count("to be exported"), said.count("meanwhile")) == (1, 1)
