"""What a client may ask about the files of a post."""

from msgspec import Struct


class PostFilesQuery(Struct):
    """Whether deleted files are wanted, too."""

    include_deleted: bool = False
