"""What clients send through the WebSocket, and what they are answered: bytes to values and back, no I/O.

A request is `{"action": ..., "seq": ..., "data": {...}}`, as JSON in a text frame or as msgpack in a binary one; the
answer is always JSON.
"""

import json
from typing import Any

import msgspec


class MalformedRequest(ValueError):
    """The frame holds no request: the connection ends without an answer."""


class ClientRequest(msgspec.Struct):
    """One request. `seq` comes back in the reply."""

    action: str = ""
    seq: int = 0
    data: dict[str, Any] | None = None


_FROM_JSON = msgspec.json.Decoder(ClientRequest | None)
_FROM_MSGPACK = msgspec.msgpack.Decoder(ClientRequest | None)
_FIRST_VALUE = json.JSONDecoder()


def parse_request(frame: str | bytes) -> ClientRequest:
    """Reads a message. `null` is an empty request, and what follows the first JSON value is ignored."""
    try:
        if isinstance(frame, bytes):
            return _FROM_MSGPACK.decode(frame) or ClientRequest()
        try:
            return _FROM_JSON.decode(frame) or ClientRequest()
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            first, _ = _FIRST_VALUE.raw_decode(frame.lstrip())
            return msgspec.convert(first, ClientRequest | None) or ClientRequest()
    except (ValueError, RecursionError) as error:
        raise MalformedRequest(str(error)) from None


def encode_reply(seq: int, data: Any = None) -> bytes:
    """The answer to a request that worked."""
    reply: dict[str, Any] = {"status": "OK"}
    if data:
        reply["data"] = data
    reply["seq_reply"] = seq
    return msgspec.json.encode(reply)


def encode_failure(seq: int, error: dict[str, Any]) -> bytes:
    """The answer to a request that was refused."""
    reply: dict[str, Any] = {"status": "FAIL", "error": error}
    if seq:
        reply["seq_reply"] = seq
    return msgspec.json.encode(reply)
