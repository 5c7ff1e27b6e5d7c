"""What an export shall hold, and how far it is."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

COUNTED: Final = ("teams", "channels", "users", "bots", "posts", "direct_channels", "direct_posts")
"""What an export tells the number of."""


class ExportWish(Struct):
    """What an export shall hold besides what it always does."""

    attachments: bool = False
    archived_channels: bool = False
    profile_pictures: bool = False
    roles_and_schemes: bool = False

    @classmethod
    def from_data(cls, data: dict[str, str]) -> "ExportWish":
        """As the data of a job say it."""
        wanted = {name: data.get("include_" + name) == "true" for name in cls.__struct_fields__}
        return cls(**wanted)


class Tally(Struct):
    """How far an export is."""

    told: Callable[["Tally"], None]
    """Called whenever it has gone on."""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    progress: int = 0
    """In per cent."""
    named_files: int = 0
    """Attachments that the lines so far name."""
    missing_files: int = 0
    """Files that the database has and the store has not: they are left out."""

    @property
    def summary(self) -> str:
        """What is done, in few words."""
        posts = self.counts["posts"] + self.counts["direct_posts"]
        files = f", {self.counts['attachments']} files" if "attachments" in self.counts else ""
        return f"{self.counts['users']} users, {posts} posts{files}"

    def add(self, kind: str, count: int = 1) -> None:
        """Counts what was written; kinds that nobody asks for are passed over."""
        if kind in self.counts:
            self.counts[kind] += count
        self.told(self)

    def reach(self, progress: int) -> None:
        """Notes how far it is; it never goes back."""
        self.progress = max(self.progress, min(progress, 99))
        self.told(self)


class ExportedFile(Struct):
    """A file that goes into the archive, by its name in the store."""

    path: str
    size: int
    """In bytes; 0 for a small one of unknown size."""
    counted: bool = True
    """Whether it is an attachment."""
