"""Makes and checks the 26-letter ids that every row, request and connection carries.

An id is 16 random bytes in base 32 with a lower-case alphabet that leaves out letters easily confused. Not for
secrets that must resist guessing beyond 128 bits, and not for ordering: ids are random.
"""

import os

ALPHABET = b"ybndrfg8ejkmcpqxot1uwisza345h769"
LENGTH = 26

_PAIRS = [bytes((ALPHABET[i >> 5], ALPHABET[i & 31])) for i in range(1024)]


def new_id() -> str:
    """A new random id: 128 bits as 26 letters."""
    n = int.from_bytes(os.urandom(16), "big") << 2  # 130 bits: 26 letters of five bits
    return b"".join([_PAIRS[(n >> shift) & 1023] for shift in range(120, -1, -10)]).decode()


def is_valid_id(text: str) -> bool:
    """Whether `text` could be an id: 26 ASCII letters or digits, as the reference accepts them."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()
