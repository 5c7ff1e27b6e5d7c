"""Documents are found by what is in them, soon after they were uploaded."""

import pytest
import trio

from mmfast.api.context import Context
from mmfast.features.messages.file_texts import service
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
