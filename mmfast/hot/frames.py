"""The bytes of a WebSocket frame (RFC 6455, 5.2). What frames mean, and which order they may come in, is `wire`'s."""

NO_MASK = -1
"""In place of a masking key: the frame is not masked."""


def parse_header(buffer: bytes | bytearray, start: int) -> tuple[int, int, int, int] | None:
    """First byte, length of the payload, where it starts, masking key; None if the header is not yet complete.

    A length that is not written in the fewest bytes, or has its top bit set, is a ValueError (5.2).
    """
    have = len(buffer) - start
    if have < 2:
        return None
    first, second = buffer[start], buffer[start + 1]
    size = second & 0x7F
    at = start + 2
    if size == 126:
        if have < 4:
            return None
        size = int.from_bytes(buffer[at : at + 2], "big")
        at += 2
        if size < 126:
            raise ValueError("a frame's length is not in its shortest form")
    elif size == 127:
        if have < 10:
            return None
        size = int.from_bytes(buffer[at : at + 8], "big")
        at += 8
        if size < 1 << 16 or size >> 63:
            raise ValueError("a frame's length is not in its shortest form")
    if not second & 0x80:
        return first, size, at, NO_MASK
    if len(buffer) < at + 4:
        return None
    return first, size, at + 4, int.from_bytes(buffer[at : at + 4], "big")


def unmask(buffer: bytes | bytearray, start: int, end: int, key: int) -> bytes:
    """The payload between the two offsets, unmasked (5.3)."""
    if key == NO_MASK:
        return bytes(buffer[start:end])
    size = end - start
    if size <= 0:
        return b""
    pattern = (key.to_bytes(4, "big") * (size // 4 + 1))[:size]
    return (int.from_bytes(buffer[start:end], "big") ^ int.from_bytes(pattern, "big")).to_bytes(size, "big")


def build_frame(first: int, payload: bytes) -> bytes:
    """A whole unmasked frame: servers do not mask (5.1)."""
    size = len(payload)
    if size < 126:
        return bytes((first, size)) + payload
    if size < 1 << 16:
        return bytes((first, 126)) + size.to_bytes(2, "big") + payload
    return bytes((first, 127)) + size.to_bytes(8, "big") + payload
