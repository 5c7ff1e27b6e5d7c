"""Finds the hashtags of a text. Pure: no database, no settings."""

import re
from typing import Final

MAX_RUNES: Final = 1_000
"""What the column holds."""

_EDGES: Final = re.compile(r"^[^\w#]+|[^\w]+$|_+$")
_TAG: Final = re.compile(r"#[^\W\d_][\w.\-]*\w")


def find_hashtags(text: str) -> str:
    """The tags of the text in order, separated by spaces; as many as fit into the column.

    A tag begins with a letter and has two characters at the least; punctuation around it, as in "(#tag)," or
    "**#tag**", is not part of it.
    """
    if "#" not in text:
        return ""
    tags = []
    for word in text.split():
        if "#" not in word:
            continue
        bare = word
        while (shorter := _EDGES.sub("", bare)) != bare:
            bare = shorter
        if bare.startswith("##"):
            bare = "#" + bare.lstrip("#")
        if _TAG.fullmatch(bare):
            tags.append(bare)
    found = " ".join(tags)
    if len(found) > MAX_RUNES:
        cut = found[: MAX_RUNES + 1]
        found = cut[: cut.rfind(" ")] if " " in cut else ""
    return found
