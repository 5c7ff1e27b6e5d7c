"""Takes the text out of documents: PDF, the office formats that are XML in a zip, and archives of such files.

Runs as a program in a process of its own (`document_reader`), for a document may be made to exhaust who reads it: what
is unpacked is counted, XML goes by without a tree or entities, and reading stops as soon as there is enough text. Not
here: which files are read, and where their text goes.
"""

import io
import os
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final
from xml.parsers import expat

MAX_UNPACKED: Final = 128 << 20
"""Bytes that one document may unpack to: the XML of a book of a thousand pages is some 20 MB."""
MAX_MEMBERS: Final = 20_000
MAX_MEMORY: Final = 1 << 30
MAX_CPU_SECONDS: Final = 20
_PIECE: Final = 64 << 10

TEXT_NAMES: Final = frozenset({"txt", "md", "markdown", "csv", "log", "json", "xml", "html", "htm", "yaml", "yml"})
"""Files of an archive that are text already."""

_OFFICE: Final = {
    "docx": (r"word/(document|footnotes|endnotes|comments|header\d+|footer\d+)\.xml", {"t"}),
    "pptx": (r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml", {"t"}),
    "xlsx": (r"xl/(sharedStrings|worksheets/sheet\d+)\.xml", {"t", "v"}),
    "odt": (r"content\.xml", {"p", "h"}),
}
"""By format: which members hold text, and in which elements it stands."""
for _other in ("ods", "odp"):
    _OFFICE[_other] = _OFFICE["odt"]

_PARTING: Final = {
    "p": "\n",
    "h": "\n",
    "br": "\n",
    "cr": "\n",
    "line-break": "\n",
    "si": "\n",
    "c": "\n",
} | dict.fromkeys(("tab", "s"), " ")
"""Elements at whose end a word ends."""

KINDS: Final = frozenset({"pdf", "zip", *_OFFICE})
"""The endings of names of what can be read."""


class Unreadable(Exception):
    """The document is damaged, locked, or larger than it may be."""


class _Budget:
    """What may still be unpacked."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unreadable("it unpacks to more than is read")


class _Counted:
    """A member of an archive, whose bytes are counted as they come."""

    def __init__(self, member: IO[bytes], budget: _Budget) -> None:
        self._member = member
        self._budget = budget

    def pieces(self) -> Iterator[bytes]:
        """The content."""
        while piece := self._member.read(_PIECE):
            self._budget.take(len(piece))
            yield piece


def extract(kind: str, content: bytes, limit: int) -> str:
    """The beginning of the document's text, at most `limit` characters; Unreadable if it cannot be read."""
    return _gather(_pieces(kind, content, _Budget(), nested=False), limit)


def _gather(pieces: Iterator[str], limit: int) -> str:
    found: list[str] = []
    size = 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size >= limit:
            break
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(found)[:limit]).strip()


def _pieces(kind: str, content: bytes, budget: _Budget, *, nested: bool) -> Iterator[str]:
    if kind == "pdf":
        yield from _pdf(content)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise Unreadable("it has too many members")
            if kind == "zip":
                if not nested:  # archives in archives are not opened: that is how bombs are built
                    yield from _archive(archive, budget)
            else:
                yield from _office(kind, archive, budget)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Unreadable(str(error)) from None


def _archive(archive: zipfile.ZipFile, budget: _Budget) -> Iterator[str]:
    for member in archive.infolist():
        ending = PurePosixPath(member.filename).suffix.lower().removeprefix(".")
        if member.is_dir() or ending not in KINDS | TEXT_NAMES:
            continue
        yield f"{member.filename}\n"
        with archive.open(member) as opened:
            content = b"".join(_Counted(opened, budget).pieces())
        try:
            if ending in TEXT_NAMES:
                yield content.decode("utf-8", "replace") + "\n"
            else:
                yield from _pieces(ending, content, budget, nested=True)
        except Unreadable:
            if budget.left < 0:
                raise
        yield "\n"


def _office(kind: str, archive: zipfile.ZipFile, budget: _Budget) -> Iterator[str]:
    wanted, texts = _OFFICE[kind]
    names = [name for name in archive.namelist() if re.fullmatch(wanted, name)]
    for name in sorted(names, key=lambda name: (name.rstrip("0123456789.xml"), _number(name))):
        with archive.open(name) as member:
            yield from _Reader(texts).read(_Counted(member, budget))
        yield "\n"


def _number(name: str) -> int:
    found = re.search(r"(\d+)\.xml$", name)
    return int(found[1]) if found else 0


class _Reader:
    """Picks the text out of XML as it comes by; nothing of the document is kept."""

    def __init__(self, texts: set[str]) -> None:
        self._texts = texts
        self._depth = 0
        self._is_reference = False
        """Whether the cell at hand holds the number of a shared string."""
        self._found: list[str] = []

    def read(self, source: _Counted) -> Iterator[str]:
        """The text, piece by piece."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for piece in source.pieces():
                parser.Parse(piece, False)
                yield "".join(self._found)
                self._found.clear()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable(str(error)) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in self._texts and not (local == "v" and self._is_reference):
            self._depth += 1
        elif local == "c":
            self._is_reference = attributes.get("t") == "s"

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in self._texts and not (local == "v" and self._is_reference):
            self._depth -= 1
        self._found.append(_PARTING.get(local, ""))

    def _characters(self, text: str) -> None:
        if self._depth:
            self._found.append(text)


def _refuse_doctype(*declaration: object) -> None:
    raise Unreadable("it declares a document type: office files have none, attacks by entities do")


def _pdf(content: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        for page in document:
            yield page.get_textpage().get_text_bounded()
            yield "\n"
    except pypdfium2.PdfiumError as error:
        raise Unreadable(str(error)) from None


def main() -> int:
    """Reads a document of the kind named from standard input, writes its text; gives 1 if it cannot be read."""
    kind, limit = sys.argv[1], int(sys.argv[2])
    os.nice(10)  # people who wait for the server go first
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        text = extract(kind, sys.stdin.buffer.read(), limit)
    except (Unreadable, MemoryError) as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
