"""Takes messages apart: text without its code, links and pictures in it. Pure: no database, no settings."""

import re
from typing import Final

from msgspec import Struct

_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_INDENTED: Final = re.compile(r"^(?: {4}| {0,3}\t)")
_ADDRESS: Final = re.compile(r"[ \t]*<?([^\s)<>]+)>?")
_BARE: Final = re.compile(r"(?<![\w/])https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)
_TRAILING: Final = frozenset(".,;:!?*_~'\"")
_MAX_ADDRESS: Final = 2_048
_MAX_TITLE: Final = 1_024
"""Longer addresses and titles of links are taken for text; without limits, brackets that nobody closes would cost
the square of a message's length."""


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
    links = Links([], [], [])
    if "://" not in text:
        return links
    text = without_code(text)
    rest: list[str] = []
    done = 0
    at = text.find("](")
    while at != -1:
        opened = text.rfind("[", done, at)
        address, end = _destination(text, at + 2)
        if opened == -1 or not address or text.find("]", opened, at) != -1 or text.find("\n", opened, at) != -1:
            at = text.find("](", at + 2)
            continue
        is_picture = opened > done and text[opened - 1] == "!"
        (links.pictures if is_picture else links.named).append(address)
        rest.append(text[done : opened - is_picture])
        done = end
        at = text.find("](", done)
    rest.append(text[done:])
    links.bare = [_trimmed(address) for address in _BARE.findall(" ".join(rest))]
    return links


def _destination(text: str, start: int) -> tuple[str, int]:
    """The address behind "](" and where the link ends; "" if there is none."""
    window = text[start : start + _MAX_ADDRESS]
    match = _ADDRESS.match(window)
    if match is None:
        return "", start
    end = start + match.end()
    if text[end : end + 1] != ")":
        if text[end : end + 1] not in (" ", "\t"):
            return "", start
        end = text.find(")", end, end + _MAX_TITLE)
        if end == -1:
            return "", start
    return match.group(1), end + 1


def _trimmed(address: str) -> str:
    """The address without what belongs to the sentence around it."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while end and (address[end - 1] in _TRAILING or (address[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= address[end] == ")"
    return address[:end]
