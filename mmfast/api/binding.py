"""Turns a declaration's signature into the arguments of a call: path parameters, query, body, what the guard loaded.

A handler or guard names what it wants: `ctx`, a path parameter by its name, `query: Q` (a Struct with defaults, read
leniently), `body: B`, `loaded`. The signature is inspected once, when the operation is bound.
"""

import inspect
import re
import typing
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final
from urllib.parse import unquote_plus

import msgspec

from mmfast.api.operation import Handler, Operation
from mmfast.core.ids import is_valid_id
from mmfast.platform.metrics import Histogram, histogram

PATTERNS: Final[dict[str, str]] = {
    "team_name": r"[A-Za-z0-9_-]+",
    "channel_name": r"[A-Za-z0-9_-]+",
    "category_id": r"[A-Za-z0-9_-]+",
    "invoice_id": r"[_A-Za-z0-9]+",
    "emoji_name": r"[A-Za-z0-9_\-+]+",
    "export_name": r".+\.zip",
    "import_name": r".+\.zip",
    "syncable_type": r"teams|channels",
    "job_type": r"[A-Za-z0-9_-]+",
    "plugin_id": r"[A-Za-z0-9_\-.]+",
    "category": r"[A-Za-z0-9_]+",
    "preference_name": r"[A-Za-z0-9_]+",
    "role_name": r"[a-z0-9_]+",
    "email": r".+",
    "username": r"[A-Za-z0-9_\-.]+",
    "timestamp": r"[0-9]+",
}
"""What a path parameter may look like for its route to match at all; the rest is letters and digits."""

API_SECONDS: Final = histogram("mmfast_api_seconds", "How long an operation took to answer.", "operation")

DEFAULT_PATTERN: Final = r"[A-Za-z0-9]+"
TRUE: Final = frozenset(("1", "t", "T", "TRUE", "true", "True"))

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*[a-z0-9]")


def is_name(value: str) -> bool:
    """Whether `value` is a name as addresses have them: two or more of a-z, 0-9, - and _, neither end a sign."""
    return _NAME.fullmatch(value) is not None


_TEAM_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*[a-z0-9]")


def is_team_name(value: str) -> bool:
    """Whether `value` could be a team's name: like `is_name`, without underscores."""
    return _TEAM_NAME.fullmatch(value) is not None


CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "category_id": lambda value: 0 < len(value) <= 128,
    "plugin_id": lambda value: True,
    "role_name": lambda value: 0 < len(value) <= 64 and re.fullmatch(r"[a-z0-9_]+", value) is not None,
    "invoice_id": lambda value: True,
    "category": is_name,
    "team_name": is_team_name,
    "preference_name": is_name,
}
"""Parameters with a form of their own; others ending in `_id` must be ids, and the rest are the operation's concern."""


def parse_query(query: str) -> dict[str, str]:
    """The first value of each name in a query string; pairs that do not parse are passed over."""
    out: dict[str, str] = {}
    if not query:
        return out
    for pair in query.split("&"):
        if not pair or ";" in pair:
            continue
        name, _, value = pair.partition("=")
        if "%" in pair or "+" in pair:
            name, value = unquote_plus(name), unquote_plus(value)
        out.setdefault(name, value)
    return out


def _query_value(kind: Any, text: str, default: Any) -> Any:
    if kind is str:
        return text
    if kind is bool:
        return text in TRUE
    if kind is int:
        try:
            return int(text) if len(text) < 20 and "_" not in text else default
        except ValueError:
            return default
    if typing.get_origin(kind) is list:
        return text.split(",") if text else []
    for choice in typing.get_args(kind):
        if choice is not type(None):
            return _query_value(choice, text, default)
    return text


def query_reader(kind: type[msgspec.Struct]) -> Callable[[str], msgspec.Struct]:
    """A function from the query string to `kind`; every field of it has a default, names are the wire's."""
    fields = [(f.name, f.encode_name, f.type, f.default) for f in msgspec.structs.fields(kind)]

    def read(query: str) -> msgspec.Struct:
        if not query:
            return kind()
        given = parse_query(query)
        return kind(
            **{
                name: _query_value(ftype, given[wire], default)
                for name, wire, ftype, default in fields
                if wire in given
            }
        )

    return read


def path_check(name: str) -> Callable[[str], bool] | None:
    """The check of a path parameter's form, or None."""
    if name in CHECKS:
        return CHECKS[name]
    return is_valid_id if name.endswith("_id") else None


@dataclass(frozen=True, slots=True)
class Bound:
    """An operation with its signature worked out."""

    operation: Operation
    checks: tuple[tuple[str, Callable[[str], bool]], ...]
    body_kind: Any
    has_body: bool
    guard_has_body: bool
    query_kind: type[msgspec.Struct] | None
    read_query: Callable[[str], msgspec.Struct] | None
    guard_arguments: Callable[[dict[str, Any]], tuple[Any, ...]]
    handler_arguments: Callable[[dict[str, Any]], tuple[Any, ...]]
    """Pick the positional arguments of a call out of all that may be asked for."""
    latency: Histogram
    """Takes in how long each call took."""


def _hints(handler: Handler) -> dict[str, Any]:
    return typing.get_type_hints(handler)


def _picker(names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    if len(names) == 1:
        (name,) = names
        return lambda given: (given[name],)
    return itemgetter(*names)


def bind(operation: Operation) -> Bound:
    """Works out the signatures of an operation's guard and handler; raises TypeError for a name it cannot supply."""
    guard_names = tuple(inspect.signature(operation.guard).parameters)
    handler_names = tuple(inspect.signature(operation.handler).parameters)
    known = {"ctx", "body", "query", "loaded", *operation.parameters}
    for name in (*guard_names, *handler_names):
        if name not in known:
            raise TypeError(f"operation {operation.name}: nothing supplies the parameter {name!r}")
    hints = _hints(operation.guard) | _hints(operation.handler)
    has_body = "body" in guard_names or "body" in handler_names
    query_kind = hints.get("query")
    return Bound(
        operation,
        checks=tuple(
            (name, check)
            for name in operation.parameters
            if name not in operation.unchecked and (check := path_check(name)) is not None
        ),
        body_kind=hints.get("body"),
        has_body=has_body,
        guard_has_body="body" in guard_names,
        query_kind=query_kind,
        read_query=query_reader(query_kind) if query_kind is not None else None,
        guard_arguments=_picker(guard_names),
        handler_arguments=_picker(handler_names),
        latency=API_SECONDS.of(operation.name),
    )
