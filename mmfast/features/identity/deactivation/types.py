"""What callers say about an account's end."""

import msgspec


class Activation(msgspec.Struct):
    """Whether the account is to be on; there is no default."""

    active: bool


class Deletion(msgspec.Struct):
    """The query of a deletion: for good, or as a rule only switched off."""

    permanent: bool = False
