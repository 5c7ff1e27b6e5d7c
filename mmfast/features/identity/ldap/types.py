"""What callers say about directories."""

import msgspec


class IdMigration(msgspec.Struct):
    """The attribute that is to be the users' id from now on."""

    toAttribute: str = ""
