"""Takes the text out of files that are text."""

from typing import Final

from mmfast.api.context import Context
from mmfast.features.messages.files.types import StoredFile

MAX_BYTES: Final = 256 * 1024
"""What is kept of a text. The index takes 1 MB of words and places a row, and more than this may come to more."""

_TEXTUAL: Final = frozenset({"application/json", "application/xml", "application/x-sh", "application/rtf"})


async def extract_text(ctx: Context, file: StoredFile) -> str:
    """The beginning of a text; "" for other files, and where the configuration wants none."""
    kind = file.info.mime_type.partition(";")[0]
    if not ctx.config.FileSettings.ExtractContent or not (kind.startswith("text/") or kind in _TEXTUAL):
        return ""
    head = b"".join([piece async for piece in ctx.app.files.stream(file.path, 0, MAX_BYTES)])
    return head.decode("utf-8", "replace").replace("\0", " ")
