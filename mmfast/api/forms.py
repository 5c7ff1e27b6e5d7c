"""Reads small multipart forms into memory: profile images, icons, certificates, emoji.

Not for uploads of files: those stream from `wire.multipart` to the store without being held.
"""

from dataclasses import dataclass, field

from mmfast.wire.multipart import MultipartError, MultipartParser, PartBegin, PartData, PartEnd, get_boundary
from mmfast.wire.request import BodyTooLarge, Request


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
