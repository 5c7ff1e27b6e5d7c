"""Documents are read in another process, which is ended when it does not keep to its limits."""

import pytest

from mmfast.platform import document_reader
from mmfast.platform.document_reader import kind_of, read_document
from tests.platform.documents import docx, pdf


async def pieces(content: bytes):
    for start in range(0, len(content), 1000):
        yield content[start : start + 1000]


async def endless():
    while True:
        yield b"x" * 65_536


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.PDF", "pdf"), ("b.docx", "docx"), ("c.tar.zip", "zip"), ("d.doc", ""), ("docx", ""), ("", ""), ("e.exe", "")],
)
def test_the_kind_is_told_by_the_name(name, kind):
    assert kind_of(name) == kind


async def test_documents_are_read():
    assert await read_document("docx", pieces(docx("hello", "elephants")), 100) == "hello\nelephants"
    assert await read_document("pdf", pieces(pdf("of paper")), 100) == "of paper"


async def test_what_cannot_be_read_has_no_text():
    assert await read_document("docx", pieces(b"nonsense"), 100) is None
    assert await read_document("pdf", pieces(b""), 100) is None


async def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(document_reader, "SECONDS", 0.5)
    assert await read_document("docx", endless(), 100) is None
