"""Makes and checks the 26-letter ids that every row, request and connection carries.

An id is 130 random bits in base 32 with a lower-case alphabet that leaves out letters easily confused. Not for
ordering: ids are random.
"""

import os

ALPHABET = b"ybndrfg8ejkmcpqxot1uwisza345h769"
LENGTH = 26

_LETTERS = bytes(ALPHABET[byte & 31] for byte in range(256))


def new_id() -> str:
    """A new random id: 26 letters of five bits each."""
    return os.urandom(LENGTH).translate(_LETTERS).decode()


def is_valid_id(text: str) -> bool:
    """Whether `text` could be an id: 26 ASCII letters or digits, as the reference accepts them."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()
