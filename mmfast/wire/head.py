"""The rules for a request's head that both HTTP/1.1 parsers share, after their grammar has accepted it.

Each rule names the RFC section that asks for it. The grammar itself is the parsers' (`http1`, `http1_h11`).
"""

import re

from mmfast.wire.request import Headers
from mmfast.wire.response import REASONS

MAX_HEAD_BYTES = 1 << 20  # the reference answers 431 to a head above 1 MiB
_VERSION_LINE = re.compile(rb"[!-~]+ [^\r\n]* HTTP/(\d)\.(\d)\r?$")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")


class ProtocolError(Exception):
    """What the peer sent is not a request we take; the connection ends after the answer."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(status, detail)
        self.status = status
        self.reason = REASONS[status] + (f": {detail}" if detail else "")


class RequestHead:
    """A request line with its header fields, and what they say about the body and the connection.

    `body_length` is -1 for a chunked body.
    """

    __slots__ = ("body_length", "expects_continue", "headers", "http_version", "keep_alive", "method", "target")

    def __init__(self, method: str, target: str, headers: Headers, http_version: str) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.http_version = http_version
        self.keep_alive = http_version == "1.1"
        self.body_length = 0
        self.expects_continue = False


def is_method(token: bytes) -> bool:
    """Whether a method name is well formed; which methods exist is the router's business (RFC 9110, 9.1)."""
    return _TOKEN.match(token) is not None


def refuse_head(first_line: bytes) -> ProtocolError:
    """Why a head that the grammar refused is refused: an unknown version, or else anything."""
    match = _VERSION_LINE.match(first_line)
    if match and match.groups() not in ((b"1", b"1"), (b"1", b"0")):
        return ProtocolError(505, "unsupported protocol version")
    return ProtocolError(400)


def make_head(method: str, target: bytes, pairs: list[tuple[bytes, bytes]], version: str) -> RequestHead:
    """The head, checked. Raises ProtocolError."""
    headers = Headers(pairs)
    first = headers.first_bytes()
    head = RequestHead(method, _origin_form(target), headers, version)
    if version == "1.1":
        if b"host" not in first:  # RFC 9112, 3.2
            raise ProtocolError(400, "missing required Host header")
        if len(first) != len(pairs) and len(headers.get_all("host")) > 1:
            raise ProtocolError(400, "too many Host headers")
        head.expects_continue = first.get(b"expect", b"").lower() == b"100-continue"
    elif version != "1.0":
        raise ProtocolError(505, "unsupported protocol version")
    connection = first.get(b"connection")
    if connection is not None and (connection != b"keep-alive" or len(first) != len(pairs) or version != "1.1"):
        options = [option.strip() for option in ",".join(headers.get_all("connection")).lower().split(",")]
        head.keep_alive = "close" not in options and (version == "1.1" or "keep-alive" in options)  # RFC 9112, 9.3
    if b"content-length" in first or b"transfer-encoding" in first:
        head.body_length = _body_length(headers, version)
    return head


def _origin_form(target: bytes) -> str:
    """The path and query of a request target (RFC 9112, 3.2); an absolute address loses its authority."""
    text = target.decode("utf-8", "replace")
    if not text.startswith("/"):
        if text == "*":
            return text
        scheme, found, rest = text.partition("://")
        if not found or not scheme.isalpha():
            raise ProtocolError(400)
        slash, query = rest.find("/"), rest.find("?")
        if slash >= 0 and (query < 0 or slash < query):
            text = rest[slash:]
        else:
            text = "/" + (rest[query:] if query >= 0 else "")
    if "%" in text and _BROKEN_ESCAPE.search(text.partition("?")[0]):
        raise ProtocolError(400)
    return text


def _body_length(headers: Headers, version: str) -> int:
    """The body's length, -1 if chunked. Two ways to read it would let requests be smuggled: refused (RFC 9112, 6.3)."""
    lengths, codings = headers.get_all("content-length"), headers.get_all("transfer-encoding")
    if len(lengths) + len(codings) != 1 or (codings and version == "1.0"):
        raise ProtocolError(400)
    if codings:
        if codings[0].strip().lower() != "chunked":
            raise ProtocolError(501, "unsupported transfer encoding")
        return -1
    digits = lengths[0]
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise ProtocolError(400)
    return int(digits)
