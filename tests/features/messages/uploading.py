"""Ways to upload, and small pictures to do it with."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from tests.client import Answer, Client

BOUNDARY = "boundary7"


def form(*parts: tuple[str, str | None, bytes]) -> dict[str, Any]:
    """The body of a form, as options of `Client.post`; a part is a name, a file's name or None, and the content."""
    body = b""
    for name, filename, content in parts:
        end = f'; filename="{filename}"' if filename is not None else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{end}\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return {"data": body + f"--{BOUNDARY}--\r\n".encode(), "headers": {"content-type": kind}}


async def try_upload(by: Client, channel_id: str, name: str, content: bytes) -> Answer:
    """One file by a form."""
    return await by.post("/files", **form(("channel_id", None, channel_id.encode()), ("files", name, content)))


async def upload(by: Client, channel_id: str, name: str = "note.txt", content: bytes = b"some text") -> dict[str, Any]:
    """One file by a form, which must succeed; its info."""
    answer = await try_upload(by, channel_id, name, content)
    assert answer.status == 201, answer.body
    return answer.json()["file_infos"][0]


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture of one colour, but for its left half."""
    image = Image.new(mode, (width, height), "teal")
    image.paste("orange", (0, 0, max(1, width // 2), height))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that claims many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
