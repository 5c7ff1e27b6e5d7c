"""What an importer remembers of people; of teams and channels it keeps the rows."""

from msgspec import Struct


class Person(Struct):
    """An account as far as posts and memberships need it."""

    id: str
    username: str
    roles: str
    create_at: int
    new: bool = False
    """Made by this import: nobody can be connected as it, and nothing is cached of it."""

    @property
    def is_guest(self) -> bool:
        """Whether the account is a guest's."""
        return "system_guest" in self.roles.split()
