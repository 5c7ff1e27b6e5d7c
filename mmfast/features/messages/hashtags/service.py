"""Finds the hashtags of a text. Pure: no database, no settings."""

import re
from typing import Final

MAX_RUNES: Final = 1_000
"""What the column holds."""

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
        bare = _without_edges(word)
        if _TAG.fullmatch(bare):
            tags.append(bare)
    found = " ".join(tags)
    if len(found) > MAX_RUNES:
        cut = found[: MAX_RUNES + 1]
        found = cut[: cut.rfind(" ")] if " " in cut else ""
    return found


def _without_edges(word: str) -> str:
    """The word without the punctuation around it; of several # at its beginning, one is left."""
    first, last = 0, len(word)
    while first < last and word[first] != "#" and not word[first].isalnum():
        first += 1
    while last > first and not word[last - 1].isalnum():
        last -= 1
    bare = word[first:last]
    return "#" + bare.lstrip("#") if bare.startswith("##") else bare
