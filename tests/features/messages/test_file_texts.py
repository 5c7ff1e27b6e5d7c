"""Documents are found by what is in them, soon after they were uploaded."""

import pytest
import trio

from mmfast.api.context import Context
from mmfast.api.jobs import JobFailed, JobRun
from mmfast.features.messages.file_texts import jobs, service
from mmfast.features.messages.files.service import get_file
from tests.features.messages.uploading import upload
from tests.platform.documents import docx, odt, pdf, pptx, xlsx, zip_of


async def content_of(app, file_id) -> str | None:
    return await app.db.fetchval("SELECT NULLIF(content, '') FROM fileinfo WHERE id = $1", file_id)


async def text_of(app, file_id) -> str:
    """The text, once it was found."""
    with trio.fail_after(20):
        while (text := await content_of(app, file_id)) is None:
            await trio.lowlevel.checkpoint()
        return text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf("elephants")),
        ("b.docx", docx("elephants")),
        ("c.PPTX", pptx("elephants")),
        ("d.xlsx", xlsx(["elephants"], 1, "x")),
        ("e.odt", odt("elephants")),
    ],
)
async def test_a_document_is_found_by_its_words(app, room, name, content):
    info = await upload(room.ann, room.id, name, content)
    await room.say(room.ann, "see", file_ids=[info["id"]])
    assert "elephants" in await text_of(app, info["id"])
    found = await room.ben.post(f"/teams/{room.crew.team['id']}/files/search", {"terms": "elephants"})
    assert found.json()["order"] == [info["id"]]


async def test_what_cannot_be_read_is_kept_all_the_same(app, room):
    info = await upload(room.ann, room.id, "broken.docx", b"nonsense")
    good = await upload(room.ann, room.id, "good.docx", docx("fine"))
    assert await text_of(app, good["id"]) == "fine"
    assert await content_of(app, info["id"]) is None
    assert (await room.ann.get(f"/files/{info['id']}")).body == b"nonsense"


@pytest.mark.parametrize("recursion", [False, True])
async def test_archives_are_read_where_the_administrator_wants_it(app, room, recursion):
    await app.config_store.patch({"FileSettings": {"ArchiveRecursion": recursion}})
    info = await upload(room.ann, room.id, "all.zip", zip_of({"in.docx": docx("elephants")}))
    good = await upload(room.ann, room.id, "good.docx", docx("fine"))
    await text_of(app, good["id"])
    assert ("elephants" in (await content_of(app, info["id"]) or "")) is recursion


async def test_nothing_is_read_where_that_is_switched_off(app, room):
    await app.config_store.patch({"FileSettings": {"ExtractContent": False}})
    info = await upload(room.ann, room.id, "a.docx", docx("elephants"))
    assert not service.wants_reading(Context.background(app), await get_file(Context.background(app), info["id"]))
    assert await content_of(app, info["id"]) is None


async def test_what_no_column_takes_is_left_out(app, room, monkeypatch):
    async def read(*document):
        return "a\0b" + "ü" * service.MAX_BYTES

    monkeypatch.setattr(service, "read_document", read)
    info = await upload(room.ann, room.id, "a.docx", docx("x"))
    text = await text_of(app, info["id"])
    assert text.startswith("a bü")
    assert len(text.encode()) <= service.MAX_BYTES


# The job --------------------------------------------------------------------------------------------------------------


async def old_files(app, room, **files: bytes) -> dict[str, str]:
    """Files that were uploaded while nothing was read; their ids by name, made a day apart."""
    await app.config_store.patch({"FileSettings": {"ExtractContent": False}})
    ids = {}
    for day, (name, content) in enumerate(files.items(), 1):
        ids[name] = (await upload(room.ann, room.id, name.replace("_", "."), content))["id"]
        await app.db.execute("UPDATE fileinfo SET createat = $2 WHERE id = $1", ids[name], day * 86_400_000)
    await app.config_store.patch({"FileSettings": {"ExtractContent": True}})
    return ids


async def run_job(app, run: JobRun | None = None, **data: str) -> JobRun:
    run = run or JobRun("j" * 26, "extract_content", data)
    await jobs.extract_content(Context.background(app), run)
    return run


async def test_the_job_reads_old_files(app, room):
    ids = await old_files(
        app, room, a_docx=docx("one"), b_txt=b"two", c_docx=b"nonsense", d_png=b"picture", e_pdf=pdf("x")
    )
    run = await run_job(app)
    assert (run.data["processed"], run.data["errors"]) == ("4", "1")
    texts = {name: await content_of(app, id) for name, id in ids.items()}
    assert texts == {"a_docx": "one", "b_txt": "two", "c_docx": None, "d_png": None, "e_pdf": "x"}
    assert (await run_job(app)).data["processed"] == "1", "only what could not be read is tried again"


async def test_the_job_keeps_to_its_time_span(app, room):
    ids = await old_files(app, room, a_docx=docx("one"), b_docx=docx("two"), c_docx=docx("three"))
    await run_job(app, **{"from": "172800", "to": "172800"})
    assert [await content_of(app, ids[name]) for name in ids] == [None, "two", None]
    for wrong in ("yesterday", "-5", "1e3"):
        with pytest.raises(JobFailed):
            await run_job(app, **{"from": wrong})


async def test_a_job_that_was_broken_off_goes_on_where_it_was(app, room, monkeypatch):
    ids = await old_files(app, room, a_docx=docx("one"), b_docx=docx("two"), c_docx=docx("three"))
    monkeypatch.setattr(jobs, "BATCH", 1)
    read, seen = service.read, []

    async def read_two(ctx, file):
        if len(seen) == 2:
            raise trio.BrokenResourceError
        seen.append(file.info.id)
        return await read(ctx, file)

    monkeypatch.setattr(service, "read", read_two)
    first = JobRun("j" * 26, "extract_content", {})
    with pytest.raises(trio.BrokenResourceError):
        await run_job(app, first)
    monkeypatch.setattr(service, "read", read)
    again = await run_job(app, JobRun(first.id, first.type, first.data, state=first.state, resumed=True))
    assert again.data["processed"] == "3"
    assert [await content_of(app, id) for id in ids.values()] == ["one", "two", "three"]
    assert seen == list(ids.values())[:2]


async def test_a_file_that_is_gone_from_the_store_holds_nothing_up(app, room):
    ids = await old_files(app, room, a_docx=docx("one"), b_txt=b"two", c_docx=docx("three"))
    for name in ("a_docx", "b_txt"):
        path = await app.db.fetchval("SELECT path FROM fileinfo WHERE id = $1", ids[name])
        await app.files.delete(path)
    run = await run_job(app)
    assert (run.data["errors"], await content_of(app, ids["c_docx"])) == ("2", "three")
