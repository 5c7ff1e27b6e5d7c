"""JSON put together from JSON: nothing is parsed and no object is made.

What comes in is trusted to be JSON in UTF-8: it was encoded by this program or read from a json column.
"""

from collections.abc import Sequence

_ESCAPES = {i: f"\\u{i:04x}" for i in range(0x20)} | {
    8: "\\b",
    9: "\\t",
    10: "\\n",
    12: "\\f",
    13: "\\r",
    34: '\\"',
    92: "\\\\",
}


def quote_json(document: bytes) -> bytes:
    """The document as a JSON string: the quotes around it, and what RFC 8259 (7) demands escaped inside it."""
    return b'"' + document.decode().translate(_ESCAPES).encode() + b'"'


def envelope(name: str, data: Sequence[tuple[str, bytes, bool]], broadcast: bytes) -> bytes:
    """An event's text up to its number. `data` holds keys and JSON; where told so the JSON is wrapped in a string."""
    parts = [b'{"event":"', name.encode(), b'","data":{']
    for at, (key, value, wrap) in enumerate(data):
        parts += (b',"' if at else b'"', key.encode(), b'":', quote_json(value) if wrap else value)
    parts += (b'},"broadcast":', broadcast, b',"seq":')
    return b"".join(parts)
