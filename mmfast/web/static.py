"""Serves the files that pages name, under addresses that hold a digest of the content.

A file's address changes with its content, so that a browser may keep it for ever: `/static/page.<digest>.css`. Files
are few and small, and are kept in memory together with their compressed form.
"""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from mmfast.api.compression import accepts_gzip, gzip
from mmfast.api.context import Context
from mmfast.features.messages.file_downloads.service import RangeInvalid, RangeOutside, read_range
from mmfast.wire.response import Response

PREFIX: Final = "/static/"

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_GUARDS: Final = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Permissions-Policy", "")]
_VARY: Final = ("Vary", "Accept-Encoding")
_FOR_EVER: Final = ("Cache-Control", "max-age=31556926, public")
_LOADED_AT: Final = format_datetime(datetime.now(UTC), usegmt=True)


class Asset(NamedTuple):
    """One file."""

    content: bytes
    compressed: bytes
    kind: str


def _load() -> tuple[dict[str, Asset], dict[str, str]]:
    """The files by address, and the addresses by file name."""
    assets, addresses = {}, {}
    for entry in files("mmfast.web").joinpath("static").iterdir():
        name = PurePosixPath(entry.name)
        if name.suffix in _TYPES:
            content = entry.read_bytes()
            address = f"{PREFIX}{name.stem}.{hashlib.sha256(content).hexdigest()[:16]}{name.suffix}"
            assets[address], addresses[entry.name] = Asset(content, gzip(content), _TYPES[name.suffix]), address
    return assets, addresses


_ASSETS, _ADDRESSES = _load()


def address_of(name: str) -> str:
    """Under which address a page names the file."""
    return _ADDRESSES[name]


def serve(ctx: Context) -> Response:
    """The file at the request's address, or the part of it that is asked for."""
    assert ctx.request is not None
    asset = _ASSETS.get(ctx.request.path)
    if asset is None:
        missing = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-cache, public")]
        return Response(404, [*missing, *_GUARDS, _VARY], b"404 page not found\n")
    asked = ctx.request.headers
    headers = [*_GUARDS, _VARY, _FOR_EVER, ("Last-Modified", _LOADED_AT)]
    if asked.get("if-modified-since") == _LOADED_AT:
        return Response(304, headers)
    headers += [("Content-Type", asset.kind), ("Accept-Ranges", "bytes")]
    if accepts_gzip(asked.get("accept-encoding")):
        return Response(200, [*headers, ("Content-Encoding", "gzip")], asset.compressed)
    if wanted := asked.get("range"):
        return _part(asset, wanted, headers)
    return Response(200, headers, asset.content)


def _part(asset: Asset, wanted: str, headers: list[tuple[str, str]]) -> Response:
    size = len(asset.content)
    try:
        found = read_range(wanted, size)
    except (RangeInvalid, RangeOutside):
        return Response(416, [*headers, ("Content-Range", f"bytes */{size}")])
    if found is None:
        return Response(200, headers, asset.content)
    start, length = found
    headers.append(("Content-Range", f"bytes {start}-{start + length - 1}/{size}"))
    return Response(206, headers, asset.content[start : start + length])
