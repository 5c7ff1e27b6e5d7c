"""Answers compressed with gzip where the client asks for it and the answer is large enough.

Only answers held in memory: files are sent as they are (images are compressed already), streams by their makers.
`Vary` is not set here: the dispatcher says it on every answer.
"""

import re
import zlib

import trio

from mmfast.wire.request import Headers
from mmfast.wire.response import Response

MIN_BYTES = 1400  # below about one packet, compressing saves nothing
CHUNKED_BYTES = 2048  # the reference shows the length of an answer only up to here
THREAD_BYTES = 64 * 1024  # about a millisecond of work: from here on other requests would feel it
LEVEL = 4  # a third of the default level's time for some per cent more bytes
_QUALITY = re.compile(r"\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([0-9.]+))?\s*\Z")
_COMPRESSIBLE = ("application/json", "text/", "application/javascript", "image/svg+xml", "application/xml")


def is_small(response: Response) -> bool:
    """Whether `compress` would leave it as it is for its size; so that most answers need no call of it."""
    return type(response.body) is bytes and len(response.body) < MIN_BYTES


async def compress(request_headers: Headers, response: Response) -> Response:
    """The response, its body compressed if that is asked for and worth it. Changes it in place."""
    body = response.body
    if not isinstance(body, bytes) or (size := len(body)) < MIN_BYTES:
        return response
    if size > CHUNKED_BYTES:
        response.show_length = False
    if not accepts_gzip(request_headers.get("accept-encoding")) or not _may_compress(response):
        return response
    if size < THREAD_BYTES:
        response.body = gzip(body)
    else:
        response.body = await trio.to_thread.run_sync(gzip, body)
    response.show_length = False
    response.headers.append(("Content-Encoding", "gzip"))
    return response


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether the field allows gzip (RFC 9110, 12.5.3). Nothing said means: better not."""
    if not accept_encoding:
        return False
    if accept_encoding in ("gzip", "gzip, deflate, br", "gzip, deflate, br, zstd"):  # what nearly all clients send
        return True
    star = False
    for item in accept_encoding.lower().split(","):
        match = _QUALITY.match(item)
        if match is None:
            continue
        try:
            wanted = float(match[2] or 1) > 0
        except ValueError:
            continue
        if match[1] in ("gzip", "x-gzip"):
            return wanted
        if match[1] == "*":
            star = wanted
    return star


def gzip(body: bytes) -> bytes:
    """The body as a gzip member without name or time: the same bytes for the same body."""
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    return compressor.compress(body) + compressor.flush()


def _may_compress(response: Response) -> bool:
    if response.status in (204, 206, 304):
        return False
    kind = ""
    for name, value in response.headers:
        lowered = name.lower()
        if lowered in ("content-encoding", "content-range"):
            return False
        if lowered == "content-type":
            kind = value
    return kind.startswith(_COMPRESSIBLE)
