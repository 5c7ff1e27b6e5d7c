"""Reads what was typed into a search field."""

import re
from typing import Final

from mmfast.features.messages.search_terms.types import Search, Wanted

_TOKEN: Final = re.compile(r'(-?)"([^"]*)(?:"|$)|(\S+)')
_FILTER: Final = re.compile(r"(-?)(from|in|channel|ext|after|before|on):(.*)", re.IGNORECASE | re.DOTALL)
_MISPLACED_STAR: Final = re.compile(r"\*[^*|]|(?<![\w*])\*")
_EDGES: Final = "()[]{}<>,;!?'`\\"
"""Signs at the edges of a word that are no part of it."""

MAX_WORDS: Final = 500
"""Words that are looked for; a query of more would be slower than it is useful."""
MAX_ZONE_SECONDS: Final = 86_400
"""No place on earth is further from UTC."""


def parse_search(text: str, *, any_word: bool = False, zone_seconds: int = 0) -> Search:
    """The search that the text means. Never fails: what makes no sense asks for nothing."""
    wanted, excluded = Wanted(), Wanted()
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        word = token[3]
        if word is None:
            phrase = " ".join(token[2].split())
            if phrase:
                (excluded if token[1] else wanted).words.append(phrase)
            continue
        if (match := _FILTER.fullmatch(word)) is not None:
            value = match[3]
            if not value and at < len(tokens):  # a space after the colon
                value = tokens[at][3] or tokens[at][2]
                at += 1
            if value:
                _add_filter(excluded if match[1] else wanted, match[2].lower(), value)
            continue
        side = excluded if word.startswith("-") else wanted
        word = word.lstrip("-").strip(_EDGES)
        if word.strip("*"):
            side.words.append(word)
    return Search(wanted, excluded, any_word, max(-MAX_ZONE_SECONDS, min(zone_seconds, MAX_ZONE_SECONDS)))


def says_something(word: str) -> bool:
    """What has neither letters nor digits says nothing, nor does a word with a star anywhere but behind it."""
    return any(c.isalnum() for c in word) and (" " in word or not _MISPLACED_STAR.search(word))


def _add_filter(side: Wanted, name: str, value: str) -> None:
    if name == "from":
        side.people.append(value.removeprefix("@").lower())
    elif name in ("in", "channel"):
        side.channels.append(value.removeprefix("~").lower())
    elif name == "ext":
        side.extensions.append(value.removeprefix(".").lower())
    else:
        setattr(side, name, value)
