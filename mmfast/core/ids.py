"""Makes and checks the 26-letter ids that every row, request and connection carries.

An id is 130 random bits in base 32 with a lower-case alphabet that leaves out letters easily confused. Not for
ordering: ids are random.
"""

import os
from collections.abc import Sequence
from typing import Final

ALPHABET = b"ybndrfg8ejkmcpqxot1uwisza345h769"
LENGTH = 26

_LETTERS = bytes(ALPHABET[byte & 31] for byte in range(256))

_BATCH: Final = 64
"""Ids' worth of randomness fetched from the kernel at once: the call costs more than all the rest of an id."""

_ready: Final[list[str]] = []
os.register_at_fork(after_in_child=_ready.clear)  # two processes must never give out the same


def new_id() -> str:
    """A new random id: 26 letters of five bits each. May be called from any thread."""
    try:
        return _ready.pop()
    except IndexError:
        letters = os.urandom(LENGTH * _BATCH).translate(_LETTERS).decode()
        _ready.extend([letters[at : at + LENGTH] for at in range(LENGTH, len(letters), LENGTH)])
        return letters[:LENGTH]


def is_valid_id(text: str) -> bool:
    """Whether `text` could be an id: 26 ASCII letters or digits, as the reference accepts them."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()


def are_valid_ids(texts: Sequence[str]) -> bool:
    """Whether each of these could be an id. For lists of hundreds: a call for each would be most of such a request."""
    joined = "".join(texts)
    return set(map(len, texts)) <= {LENGTH} and joined.isascii() and (joined.isalnum() or not joined)
