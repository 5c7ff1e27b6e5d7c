"""The head of a request and of an answer, for the plain case that nearly all are.

`read_head` takes a head only where no two parsers could read it differently, and leaves all else to the parser proper
(`mmfast.wire.http1`): what it takes, that one takes with the same result. Nothing is refused here.
"""

import re
from collections.abc import Sequence

_PLAIN = re.compile(
    rb"(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) (/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*) HTTP/1\.1\r\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}: *[!-~](?:[ -~]*[!-~])?\r\n)+)\r\n"
)
_FIELD = re.compile(rb"([^:]+): *([^\r]+)\r\n")
_LEFT_ALONE = (b"transfer-encoding", b"upgrade", b"expect")
"""Fields that change how the connection goes on."""

_MAX_DIGITS = 15


def read_head(data: bytes, limit: int) -> tuple[str, str, dict[bytes, bytes], int, int] | None:
    """Method, target, fields by lower-case name, the body's length, and where the head ends; None if it is not plain.

    Plain is a whole head of HTTP/1.1 of at most `limit` bytes, with each field once and a Host among them.
    """
    match = _PLAIN.match(data)
    if match is None or match.end() > limit:
        return None
    method, target, lines = match.groups()
    pairs = [(name.lower(), value) for name, value in _FIELD.findall(lines)]
    fields = dict(pairs)
    if len(fields) != len(pairs) or b"host" not in fields or fields.get(b"connection", b"keep-alive") != b"keep-alive":
        return None
    if any(name in fields for name in _LEFT_ALONE):
        return None
    digits = fields.get(b"content-length", b"0")
    if not digits.isdigit() or len(digits) > _MAX_DIGITS:
        return None
    return method.decode(), target.decode(), fields, int(digits), match.end()


def write_head(start: str, fields: Sequence[tuple[str, str]], framing: str) -> bytes:
    """The first line and the last ones, ready with their line ends, and the fields between them.

    Raises ValueError if a field would smuggle in another line (response splitting).
    """
    text = "".join([f"{name}: {value}\r\n" for name, value in fields])
    if text.count("\n") != len(fields) or text.count("\r") != len(fields):
        raise ValueError("a header field contains a line break")
    return f"{start}{text}{framing}\r\n".encode()
