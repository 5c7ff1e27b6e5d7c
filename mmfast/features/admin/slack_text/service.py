"""Turns the markup of Slack's messages into Markdown.

The markup is Slack's own "mrkdwn" (docs.slack.dev, "Formatting message text"): references and links in angle brackets,
three signs as entities, and emphasis by single signs.
"""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

_CODE: Final = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_TOKEN: Final = re.compile(r"<([^<>\n]+)>")
_BOLD: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])")
_STRUCK: Final = re.compile(r"(?<![\w~])~(?=\S)([^~\n]*?\S)~(?![\w~])")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""In this order: what an ampersand stands before is not read twice."""

_EVERYBODY: Final = {"here": "@here", "channel": "@channel", "group": "@channel", "everyone": "@all"}


class Names(msgspec.Struct):
    """What the ids in references mean here: usernames, and names of channels."""

    people: Mapping[str, str]
    channels: Mapping[str, str]


def to_markdown(text: str, names: Names) -> str:
    """The text with references, links and emphasis in our form. Emphasis within code is code."""
    pieces = _CODE.split(text)
    for n, piece in enumerate(pieces):
        pieces[n] = _TOKEN.sub(lambda found: _reference(found[1], names), piece) if n % 2 else _prose(piece, names)
    text = "".join(pieces)
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def _prose(text: str, names: Names) -> str:
    """Text outside of code. References stand aside meanwhile: the signs in addresses are no emphasis."""
    tokens = _TOKEN.findall(text)
    text = _TOKEN.sub("\0", text.replace("\0", ""))
    text = _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", text))
    replacements = iter(tokens)
    return re.sub("\0", lambda _: _reference(next(replacements), names), text)


def _reference(token: str, names: Names) -> str:
    target, _, label = token.partition("|")
    kind, rest = target[:1], target[1:]
    if kind == "@":
        return "@" + names.people.get(rest, label.lstrip("@") or rest)
    if kind == "#":
        return "~" + names.channels.get(rest, label.lstrip("#") or rest)
    if kind == "!":
        return _EVERYBODY.get(rest.partition("^")[0], label or rest)
    if not label or label == target.removeprefix("mailto:"):
        return target.removeprefix("mailto:")
    return f"[{label}]({target})"
