"""What a search for files finds."""

from msgspec import Struct

from mmfast.features.messages.files.types import FileInfo


class FilesFound(Struct):
    """The files by id, and their order."""

    order: list[str]
    file_infos: dict[str, FileInfo]
    next_file_info_id: str = ""
    prev_file_info_id: str = ""
    first_inaccessible_file_time: int = 0
