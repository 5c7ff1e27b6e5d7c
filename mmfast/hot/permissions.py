"""Sets of permissions as bits. A mask is 40 bytes: five 64-bit words, little endian; a permission is a bit's number.

Roles become masks once, when they are read. To ask whether somebody may do something is to or the masks of that
person's roles and look at one bit; the functions do it for a whole list of roles, or of people, in one call.
"""

from collections.abc import Iterable, Mapping, Sequence

WORDS = 5
SIZE = WORDS * 8
"""Bytes in a mask: room for 320 permissions."""

NOTHING = bytes(SIZE)


def make_mask(bits: Iterable[int]) -> bytes:
    """The mask of these permissions."""
    value = 0
    for bit in bits:
        if not 0 <= bit < SIZE * 8:
            raise ValueError(f"there is no permission number {bit}")
        value |= 1 << bit
    return value.to_bytes(SIZE, "little")


def resolve_mask(names: str, roles: Mapping[str, bytes]) -> bytes:
    """The union of the masks of the roles named, separated by spaces. A role that is not there grants nothing."""
    value = 0
    for name in names.split():
        value |= int.from_bytes(roles.get(name, NOTHING), "little")
    return value.to_bytes(SIZE, "little")


def any_allows(names: str, roles: Mapping[str, bytes], bit: int) -> bool:
    """Whether one of the named roles has the permission."""
    byte, shift = bit >> 3, bit & 7
    return any((roles.get(name, NOTHING)[byte] >> shift) & 1 for name in names.split())


def holders(members: Sequence[str], roles: Mapping[str, bytes], bit: int) -> list[int]:
    """The positions in `members` (the role names of each) of those that have the permission."""
    return [at for at, names in enumerate(members) if any_allows(names, roles, bit)]
