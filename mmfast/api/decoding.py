"""Reads JSON bodies the way the reference does, which is laxer than the libraries.

Keys match in any case, null means absent, bytes that are not UTF-8 and lone surrogates become U+FFFD, and only the
first value of the body counts. The common body takes the quick road (orjson, then msgspec's conversion); only one that
orjson refuses is read again slowly.
"""

import json
import types
import typing
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec
import orjson


class BodyError(ValueError):
    """The body is not JSON, or not of the shape asked for."""


def read_json(raw: bytes) -> Any:
    """The first JSON value in `raw`; raises BodyError."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _read_slowly(raw)


def _read_slowly(raw: bytes) -> Any:
    text = raw.decode("utf-8", "replace").lstrip(" \t\r\n")
    if not text or text.count("[", 0, 200_000) + text.count("{", 0, 200_000) > 100_000:
        raise BodyError("no JSON value")
    try:
        value, _ = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise BodyError(str(error)) from None
    return _without_surrogates(value)


def _refuse_constant(name: str) -> Any:
    raise BodyError(f"{name} is not JSON")


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


_read_texts = msgspec.json.Decoder(list[str]).decode
"""Lists of ids, the bodies of the most frequent reads, in one pass."""

Shaper = Callable[[Any], Any]


@lru_cache(maxsize=1024)
def shaper(kind: Any) -> Shaper | None:
    """What turns read JSON into the shape that msgspec converts to `kind`; None where nothing need be done."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct_shaper(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        shapers = [s for a in arguments if a is not type(None) and (s := shaper(a)) is not None]
        return shapers[0] if len(shapers) == 1 else None
    if origin is list and arguments:
        inner = shaper(arguments[0])
        empty = "" if arguments[0] is str else None
        return _list_shaper(inner, empty)
    if origin is dict and len(arguments) == 2:
        inner = shaper(arguments[1])
        if arguments[1] is str:
            return lambda v: {k: "" if x is None else x for k, x in v.items()} if isinstance(v, dict) else v
        if inner is not None:
            return lambda v: {k: inner(x) for k, x in v.items()} if isinstance(v, dict) else v
    return None


def _list_shaper(inner: Shaper | None, empty: Any) -> Shaper | None:
    if inner is not None:
        return lambda v: [inner(x) for x in v if x is not None] if isinstance(v, list) else v
    if empty is not None:
        return lambda v: [empty if x is None else x for x in v] if isinstance(v, list) and None in v else v
    return None


def _struct_shaper(kind: type[msgspec.Struct]) -> Shaper:
    fields = {f.encode_name: f.type for f in msgspec.structs.fields(kind)}
    folded = {name.lower(): name for name in fields}
    inner: dict[str, Shaper] = {}
    pending = dict(fields)

    def shape(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        while pending:  # on first use, so that a struct may contain itself
            name, field_kind = pending.popitem()
            if (s := shaper(field_kind)) is not None:
                inner[name] = s
        out = {}
        for key, item in value.items():
            if item is None:
                continue
            if key not in fields:
                key = folded.get(key.lower(), key)
            s = inner.get(key)
            out[key] = item if s is None else s(item)
        return out

    return shape


def read_body(raw: bytes, kind: Any) -> Any:
    """The body as `kind`: a Struct, list[...], dict[...], Any, or msgspec.Raw and bytes as they came."""
    if kind is bytes:
        return raw
    if kind == list[str]:
        try:
            return _read_texts(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass  # has a null, say, or is broken: the lax reading tells
    value = read_json(raw)
    if kind is Any:
        return value
    if value is None:
        if type(None) in typing.get_args(kind):
            return None
        value = [] if typing.get_origin(kind) is list else {}  # null is the zero value
    s = shaper(kind)
    if s is not None:
        value = s(value)
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BodyError(str(error)) from None


def read_present(raw: bytes, kind: Any) -> Any:
    """As `read_body`, for the few operations that do not take null for an empty object."""
    if read_json(raw) is None:
        raise BodyError("null")
    return read_body(raw, kind)
