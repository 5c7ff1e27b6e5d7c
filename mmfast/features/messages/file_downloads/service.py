"""Answers with a file from the store (RFC 9110, 13 and 14): conditions on its date, one range.

Several ranges at once are answered with the whole file, as the RFC allows. Where the store is a folder of this machine
the file is sent from the disk, else in pieces from the store.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from mmfast.api.context import Context
from mmfast.api.responses import FileBody, Response
from mmfast.features.messages.file_downloads.types import Content
from mmfast.features.messages.file_types.service import disposition, type_given_out
from mmfast.features.messages.files import errors
from mmfast.platform.filestore import FileMissing

_FRAMES: Final = (("X-Frame-Options", "DENY"), ("Content-Security-Policy", "Frame-ancestors 'none'"))
_A_DAY: Final = ("Cache-Control", "private, max-age=86400")
_RANGE: Final = re.compile(r"(\d{0,18})-(\d{0,18})")


class RangeInvalid(ValueError):
    """The Range field is not well-formed."""


class RangeOutside(ValueError):
    """The range begins after the end."""


async def send(ctx: Context, content: Content) -> Response:
    """The answer with the content, or the part of it that the request asks for."""
    try:
        size, modified = await ctx.app.files.facts(content.path)
    except FileMissing:
        raise errors.CONTENT_MISSING(detail=content.path) from None
    changed_at = datetime.fromtimestamp(int(modified), UTC)
    headers = [*_FRAMES, ("Content-Disposition", disposition(content.name, content.kind, save=content.save))]
    dated = [_A_DAY, ("Last-Modified", format_datetime(changed_at, usegmt=True))]
    assert ctx.request is not None
    asked = ctx.request.headers
    if (since := _moment(asked.get("if-unmodified-since"))) is not None and changed_at > since:
        return Response(412, [*headers, *dated])
    if (since := _moment(asked.get("if-modified-since"))) is not None and changed_at <= since:
        return Response(304, [*headers, *dated])
    start, length, status = 0, size, 200
    wanted = asked.get("range")
    if wanted and asked.get("if-range") in ("", dated[1][1]):
        try:
            found = read_range(wanted, size)
        except RangeInvalid:
            return _refused(headers, b"invalid range\n")
        except RangeOutside:
            return _refused([*headers, ("Content-Range", f"bytes */{size}")], b"invalid range: failed to overlap\n")
        if found is not None:
            start, length, status = *found, 206
            headers.append(("Content-Range", f"bytes {start}-{start + length - 1}/{size}"))
    headers += [*dated, ("Accept-Ranges", "bytes"), ("Content-Type", type_given_out(content.kind))]
    return _response(ctx, content.path, status, headers, (start, length))


def _response(ctx: Context, path: str, status: int, headers: list[tuple[str, str]], part: tuple[int, int]) -> Response:
    start, length = part
    on_disk = ctx.app.files.find_path(path)
    if on_disk is not None:
        return Response(status, headers, FileBody(str(on_disk), start, length))
    return Response(status, headers, ctx.app.files.stream(path, start, length), length=length)


def read_range(field: str, size: int) -> tuple[int, int] | None:
    """Start and length of the range that a field asks for; None where the whole is the answer."""
    unit, equals, text = field.partition("=")
    if unit.strip() != "bytes" or not equals:
        raise RangeInvalid(field)
    if "," in text:
        return None
    match = _RANGE.fullmatch(text.strip())
    if match is None or match[0] == "-":
        raise RangeInvalid(field)
    first, last = match[1], match[2]
    if not first:
        count = min(int(last), size)
        if not count:
            raise RangeOutside(field)
        return size - count, count
    start = int(first)
    if last and int(last) < start:
        raise RangeInvalid(field)
    if start >= size:
        raise RangeOutside(field)
    return start, (min(int(last), size - 1) if last else size - 1) - start + 1


def _refused(headers: list[tuple[str, str]], text: bytes) -> Response:
    return Response(416, [*headers, ("Content-Type", "text/plain; charset=utf-8")], text)


def _moment(field: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(field) if field else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
