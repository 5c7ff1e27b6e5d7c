"""Reads small multipart forms into memory: profile images, icons, certificates, emoji.

Not for uploads of files: those stream from `wire.multipart` to the store without being held.
"""

from dataclasses import dataclass, field
from typing import Final

from mmfast.api.context import Context
from mmfast.core.errors import ErrorKind
from mmfast.wire.multipart import MultipartError, MultipartParser, PartBegin, PartData, PartEnd, get_boundary
from mmfast.wire.request import BodyTooLarge, Request

FORM_OVERHEAD: Final = 64 * 1024
"""What a form may hold besides its file."""


class FormError(ValueError):
    """The body is not a multipart form."""


@dataclass(slots=True)
class FormFile:
    """A file of a form."""

    name: str
    data: bytes


@dataclass(slots=True)
class Form:
    """The values of plain fields, and the files, by field name."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[FormFile]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """The first value of a plain field, or nothing."""
        return self.fields.get(name, [""])[0]


async def read_form(request: Request, limit: int) -> Form:
    """The form in the request's body. Raises FormError, and BodyTooLarge past `limit` bytes."""
    try:
        parser = MultipartParser(get_boundary(request.headers.get("content-type")))
        return await _collect(request, parser, limit)
    except MultipartError as error:
        raise FormError(str(error)) from None


@dataclass(frozen=True, slots=True)
class PictureErrors:
    """What an upload of one picture is refused with."""

    not_a_form: ErrorKind
    no_file: ErrorKind
    too_large: ErrorKind


async def read_picture(ctx: Context, errors: PictureErrors) -> bytes:
    """The file in the form field `image`, of FileSettings.MaxFileSize bytes at most."""
    assert ctx.request is not None
    limit = ctx.config.FileSettings.MaxFileSize
    try:
        form = await read_form(ctx.request, limit + FORM_OVERHEAD)
    except BodyTooLarge:
        raise errors.too_large() from None
    except FormError as error:
        raise errors.not_a_form(detail=str(error)) from None
    files = form.files.get("image")
    if not files:
        raise errors.no_file()
    if len(files[0].data) > limit:
        raise errors.too_large()
    return files[0].data


async def _collect(request: Request, parser: MultipartParser, limit: int) -> Form:
    form = Form()
    part: PartBegin | None = None
    data = bytearray()
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise BodyTooLarge
        for event in parser.feed(piece):
            if isinstance(event, PartBegin):
                part, data = event, bytearray()
            elif isinstance(event, PartData):
                data += event.data
            elif isinstance(event, PartEnd) and part is not None:
                _keep(form, part, bytes(data))
    if not parser.finished:
        raise FormError("the form is not complete")
    return form


def _keep(form: Form, part: PartBegin, data: bytes) -> None:
    if part.filename is None:
        form.fields.setdefault(part.name, []).append(data.decode("utf-8", "replace"))
    else:
        form.files.setdefault(part.name, []).append(FormFile(part.filename, data))
