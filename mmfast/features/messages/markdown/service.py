"""Takes messages apart: text without its code, links and pictures in it. Pure: no database, no settings."""

import re
from typing import Final

from msgspec import Struct

_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_INDENTED: Final = re.compile(r"^(?: {4}| {0,3}\t)")
_PICTURE: Final = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^\s)>]+)>?(?:\s+[^)]*)?\)")
_LINK: Final = re.compile(r"(?<!!)\[[^\]\n]*\]\(\s*<?([^\s)>]+)>?(?:\s+[^)]*)?\)")
_BARE: Final = re.compile(r"(?<![\w/])https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)
_TRAILING: Final = ".,;:!?*_~'\""


class Links(Struct):
    """The addresses in a message, in order: bare ones, those behind a text, and those of pictures."""

    bare: list[str]
    named: list[str]
    pictures: list[str]


def without_code(text: str) -> str:
    """The text with code blocks and code spans blanked out."""
    if "`" not in text and "~~~" not in text and "    " not in text and "\t" not in text:
        return text
    kept: list[str] = []
    fence = ""
    blank_before = True
    for line in text.split("\n"):
        if fence:
            found = _FENCE.match(line)
            if found and found.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            kept.append("")
            continue
        found = _FENCE.match(line)
        if found and not (found.group(1)[0] == "`" and "`" in line[found.end() :]):
            fence = found.group(1)
            kept.append("")
        elif blank_before and _INDENTED.match(line) and line.strip():
            kept.append("")
            continue
        else:
            kept.append(line)
        blank_before = not line.strip()
    return _CODE_SPAN.sub(" ", "\n".join(kept))


def find_links(text: str) -> Links:
    """The addresses in a message outside its code."""
    if "://" not in text:
        return Links([], [], [])
    text = without_code(text)
    pictures = _PICTURE.findall(text)
    rest = _PICTURE.sub(" ", text)
    named = _LINK.findall(rest)
    rest = _LINK.sub(" ", rest)
    return Links([_trimmed(address) for address in _BARE.findall(rest)], named, pictures)


def _trimmed(address: str) -> str:
    address = address.rstrip(_TRAILING)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(_TRAILING)
    return address
