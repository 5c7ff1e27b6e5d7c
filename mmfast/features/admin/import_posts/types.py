"""Posts on their way into the database."""

from msgspec import Struct

from mmfast.features.admin.import_lines.types import FollowerLine, ReplyLine
from mmfast.features.messages.files.types import StoredFile
from mmfast.features.messages.posts.types import MEMBERSHIP_TYPES


class Thread(Struct):
    """A post of a line with where it goes, and its replies."""

    number: int
    post: ReplyLine
    replies: list[ReplyLine]
    channel_id: str
    team_id: str
    followers: list[FollowerLine] | None = None


class Item(Struct):
    """A post or a reply that is to be there after the import; `known` tells that it was before."""

    number: int
    line: ReplyLine
    id: str
    channel_id: str
    user_id: str
    root: "Item | None" = None
    known: bool = False
    skipped: bool = False
    """It was deleted here, or what it replies to was: it stays so."""
    file_ids: list[str] | None = None
    """What it has from now on, where files change."""

    @property
    def created_at(self) -> int:
        """When it was written."""
        return self.line.create_at or 0

    @property
    def message(self) -> str:
        """What it says."""
        return self.line.message or ""

    @property
    def root_id(self) -> str:
        """What it replies to."""
        return self.root.id if self.root else ""

    @property
    def counts(self) -> bool:
        """Whether it adds to what members have to read."""
        return (self.line.type or "") not in MEMBERSHIP_TYPES


class KnownPost(Struct):
    """A post that is there already."""

    id: str
    channel_id: str
    user_id: str
    create_at: int
    message: str
    delete_at: int
    file_ids: str


class NewFile(Struct):
    """A file that has been written into the store, and the text in it that search shall find."""

    file: StoredFile
    post_id: str
    content: str
