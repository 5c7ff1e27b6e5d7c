"""Requests made up from the OpenAPI document: mostly what a client might send, with what none should mixed in.

Seeded, so that a run can be repeated. Path parameters and fields that name something mostly name something that is
there, because what is refused at the door shows little of the house.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

TEXTS = (
    "",
    "a",
    "town-square",
    "0",
    "-1",
    "true",
    "null",
    "me",
    "x" * 70,
    "y" * 5000,
    "a\x00b",
    "\u202egnirts",
    "🎉" * 30,
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%s%n{0}",
    "' OR 1=1 --",
    "\\",
    "user@example.com",
    "@all @channel",
    'from:nobody "quoted',
    "http://127.0.0.1:1/x",
    "system_admin system_user",
    "2020-01-01",
    "*",
    "\n\t ",
    "a:* & | !b <-> (c",
    "on:2020-13-45 before:x after:9999999-1-1",
    '"',
    "-",
    "in: from: ext:",
    "~@#$&",
    "%",
    "_",
    "٣",
    "2026-99-99",
    "1e400",
    "a,b,,c",
    "𝒜" * 300,
    "a b" * 40,
)
NUMBERS = (0, 1, -1, 2, 60, 1000, 2**31, -(2**31) - 1, 2**53, 2**63 - 1, 2**63, 1.5, 1e300)
WRONG = (None, True, 7, "text", [], {}, [[1]], {"a": {"b": None}}, [None], "\x00")
OWN_NAMES = {"member": "user", "creator": "user", "owner": "user", "root": "post", "parent": "post"}


@dataclass
class Guess:
    """One request."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"


@dataclass
class Guesser:
    """Makes up requests for the operations of a document."""

    document: dict[str, Any]
    known: dict[str, list[str]]
    """What is there, by kind: "user", "team", "channel" ..."""
    random: Random = field(default_factory=lambda: Random(1))

    def guess(self, path: str, method: str) -> Guess:
        """A request for one operation."""
        entry = self.document["paths"][path][method]
        query = []
        for parameter in entry["parameters"]:
            if parameter["in"] == "path":
                value = quote(self._path_value(parameter), safe="")
                path = path.replace("{" + parameter["name"] + "}", value)
            elif self.random.random() < 0.4:
                query.append(f"{parameter['name']}={quote(str(self._value(parameter['schema'], parameter['name'])))}")
        guess = Guess(method.upper(), path + ("?" + "&".join(query) if query else ""))
        for content_type, content in entry.get("requestBody", {}).get("content", {}).items():
            guess.content_type = content_type
            if content["schema"]:
                guess.body = json.dumps(self._value(content["schema"])).encode()
            else:
                guess.body = self.random.choice([b"", b"{}", b"[]", b"null", b"\xff\xfe", b"--x\r\n", b"\x00" * 100])
        return guess

    def _path_value(self, parameter: dict[str, Any]) -> str:
        name, chance = parameter["name"], self.random.random()
        known = self._known(name)
        if known and chance < 0.8:
            return self.random.choice(known)
        if name.endswith("_id") and chance < 0.95:
            return "".join(self.random.choice("ybndrfg8ejkmcpqxot1uwisza345h769") for _ in range(26))
        return self.random.choice(["a", "0", "x" * 64, "none", "A-b_c.d", "ä", "a\x00", "1" * 30]) or "a"

    def _known(self, name: str) -> list[str]:
        kind = name.removesuffix("s").removesuffix("_id")
        kind = kind.rpartition("_")[2] if kind not in self.known else kind
        return self.known.get(OWN_NAMES.get(kind, kind), [])

    def _value(self, schema: dict[str, Any], name: str = "", depth: int = 0) -> Any:
        if self.random.random() < 0.05:
            return self.random.choice(WRONG)
        if "$ref" in schema:
            return self._value(self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name, depth)
        if "anyOf" in schema:
            return self._value(self.random.choice(schema["anyOf"]), name, depth)
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            return self._object(schema, depth)
        if kind == "array":
            count = 0 if depth > 3 else self.random.randint(0, 3)
            return [self._value(schema.get("items") or {}, name, depth + 1) for _ in range(count)]
        if kind in ("integer", "number"):
            return self.random.choice(NUMBERS)
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind == "string":
            known = self._known(name)
            return self.random.choice(known) if known and self.random.random() < 0.7 else self.random.choice(TEXTS)
        return self.random.choice(WRONG)

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        out = {
            name: self._value(inner, name, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if self.random.random() < 0.7
        }
        if not out and depth < 3:
            inner = schema.get("additionalProperties")
            inner = inner if isinstance(inner, dict) else {}
            out = {self.random.choice(TEXTS): self._value(inner, "", depth + 1) for _ in range(2)}
        return out
