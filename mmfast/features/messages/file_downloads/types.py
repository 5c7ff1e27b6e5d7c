"""What a client may ask about the way a file is given out."""

from msgspec import Struct


class DownloadQuery(Struct):
    """Whether the file is to be saved even if the browser could show it."""

    download: bool = False


class Content(Struct):
    """Something in the store that is to be given out under a name and a type."""

    path: str
    name: str
    kind: str
    save: bool
