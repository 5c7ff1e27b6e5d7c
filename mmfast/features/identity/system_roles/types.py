"""What callers say about roles."""

import msgspec


class RolesChange(msgspec.Struct):
    """All system roles that the user is to have, by name, separated by spaces."""

    roles: str = ""
