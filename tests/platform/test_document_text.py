"""The text of documents is found, and no document exhausts who reads it."""

import pytest

from mmfast.platform import document_text
from mmfast.platform.document_text import Unreadable, extract
from tests.platform.documents import docx, odt, pdf, pptx, xlsx, zip_of

LIMIT = 10_000


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("pdf", pdf("Hello elephants"), ["Hello elephants"]),
        ("docx", docx("Grüße &amp; more", "second"), ["Grüße & more", "second"]),
        ("pptx", pptx(*[f"slide {n}" for n in range(1, 12)]), [f"slide {n}" for n in range(1, 12)]),
        ("xlsx", xlsx(["shared", "other"], 42, "inline"), ["shared", "other", "42", "inline"]),
        ("odt", odt("first <text:span>bold</text:span><text:s/>end", "<text:tab/>x"), ["first bold end", "x"]),
    ],
)
def test_documents_have_their_words_in_order(kind, content, words):
    assert [line for line in extract(kind, content, LIMIT).splitlines() if line.strip()] == words


def test_an_archive_gives_the_text_of_its_documents_but_of_no_further_archives():
    inner = zip_of({"deep.txt": "too deep"})
    files = {
        "a.docx": docx("of a"),
        "b.txt": "of b",
        "c.bin": "of c",
        "d.zip": inner,
        "e.docx": b"damaged",
        "f.md": "of f",
    }
    text = extract("zip", zip_of(files), LIMIT)
    for word in ("of a", "of b", "of f", "a.docx"):
        assert word in text
    for word in ("of c", "too deep"):
        assert word not in text


def test_reading_stops_when_there_is_enough():
    assert extract("docx", docx(*["word"] * 100_000), 50) == "\n".join(["word"] * 10)


def test_what_unpacks_to_too_much_is_not_read(monkeypatch):
    monkeypatch.setattr(document_text, "MAX_UNPACKED", 100_000)
    monkeypatch.setattr(document_text, "MAX_MEMBERS", 1_000)
    with pytest.raises(Unreadable, match="unpacks"):
        extract("docx", zip_of({"word/document.xml": b"<x>" + b" " * 200_000}), LIMIT)
    with pytest.raises(Unreadable, match="unpacks"):
        extract("zip", zip_of({f"{n}.txt": b"\0" * 50_000 for n in range(3)}), 1 << 20)
    with pytest.raises(Unreadable, match="members"):
        extract("zip", zip_of({f"{n}": b"" for n in range(1_001)}), LIMIT)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", b"%PDF-1.4 nonsense"),
        ("docx", b"nonsense"),
        ("docx", docx("x")[:-30]),
        ("docx", zip_of({"word/document.xml": "<x><y></x>"})),
        ("docx", zip_of({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'})),
        ("odt", zip_of({"content.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'})),
        ("xlsx", b""),
    ],
)
def test_damaged_and_dangerous_documents_are_refused(kind, content):
    with pytest.raises(Unreadable):
        extract(kind, content, LIMIT)
