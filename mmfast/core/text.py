"""Texts in the user's language, by id.

English stands beside each declaration (an `ErrorKind`, a `Text`); other languages are JSON files of id to text under
`mmfast/i18n`, read on first use. A text names its parameters in braces; one that is missing is left as it stands, so
that a wrong translation can never fail a request.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).resolve().parent.parent / "i18n"

TEXTS: Final[dict[str, "Text"]] = {}
"""Every declared text that is not an error, by id."""


class Text:
    """A declared text: `JOINED = Text("api.channel.join.post_and_forget", "{username} joined the channel.")`."""

    __slots__ = ("id", "english")

    def __init__(self, id: str, english: str) -> None:
        self.id = id
        self.english = english
        TEXTS[id] = self

    def in_locale(self, locale: str, **params: object) -> str:
        """The text in `locale`, English where that language has none."""
        return translate(locale, self.id, self.english, params)


class _Kept(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@lru_cache(maxsize=64)
def _language(locale: str) -> dict[str, str]:
    name = locale.replace("_", "-")
    path = _FOLDER / f"{name}.json"
    if not name.replace("-", "").isalnum() or not path.is_file():
        return {}
    table: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return table


def translate(locale: str, id: str, english: str, params: dict[str, object]) -> str:
    """The text of `id` in `locale`, with `english` as the default, and its parameters filled in."""
    template = _language(locale).get(id, english) if locale and locale != "en" else english
    if not params:
        return template
    try:
        return template.format_map(_Kept(params))
    except (ValueError, IndexError, AttributeError):
        return template
