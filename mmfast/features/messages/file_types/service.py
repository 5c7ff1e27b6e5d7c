"""The type that a file's name tells, and the type and disposition under which it is given out."""

import mimetypes
from typing import Final
from urllib.parse import quote

UNKNOWN: Final = "application/octet-stream"

_FURTHER: Final = {
    "7z": "application/x-7z-compressed",
    "aac": "audio/aac",
    "avif": "image/avif",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "flac": "audio/flac",
    "gz": "application/gzip",
    "heic": "image/heic",
    "heif": "image/heif",
    "js": "text/javascript",
    "log": "text/plain",
    "m4a": "audio/mp4",
    "m4v": "video/x-m4v",
    "markdown": "text/markdown",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "mkv": "video/x-matroska",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "psd": "image/vnd.adobe.photoshop",
    "rar": "application/vnd.rar",
    "rtf": "application/rtf",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "xhtml": "application/xhtml+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What the standard library's table lacks in some release."""

_TABLE: Final = mimetypes.MimeTypes(filenames=())
"""The standard library's own table: the same on every machine, whatever its /etc/mime.types says."""

_SCRIPTING: Final = ("javascript", "ecmascript", "html")
"""What a browser might run in the server's name is given out as plain text, besides being saved."""

_SHOWN: Final = frozenset((
    "image/jpeg", "image/png", "image/bmp", "image/gif", "image/tiff", "image/webp",
    "video/avi", "video/mpeg", "video/mp4", "audio/mpeg", "audio/wav",
))  # fmt: skip
"""Pictures, films and sounds in which nothing can run. SVG is not one of them: it carries scripts."""


def extension_of(name: str) -> str:
    """What comes after the last dot, in lower case, without the dot."""
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot and len(extension) <= 64 else ""


def type_of(name: str) -> str:
    """The media type that the name tells; "" if none."""
    extension = extension_of(name)
    kind = _FURTHER.get(extension) or _TABLE.types_map[True].get("." + extension, "")
    return kind + "; charset=utf-8" if kind.startswith("text/") else kind


def type_given_out(kind: str) -> str:
    """Under which type a file of this type is given out."""
    if any(part in kind for part in _SCRIPTING):
        return "text/plain"
    return kind or UNKNOWN


def disposition(name: str, kind: str, *, save: bool) -> str:
    """The Content-Disposition of a file: shown only if that is harmless and not asked otherwise (RFC 6266)."""
    how = "inline" if not save and kind.partition(";")[0] in _SHOWN else "attachment"
    encoded = quote(name, safe="$&+:=@")
    return f"{how};filename=\"{encoded}\"; filename*=UTF-8''{encoded}"
