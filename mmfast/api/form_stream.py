"""Reads a multipart form part by part as it arrives, for uploads too large to be held.

    form = FormStream(ctx.request)
    while (part := await form.next_part()) is not None:
        async for piece in form.content(): ...

What a part is not asked for is passed over. Small forms are easier read by `api.forms`.
"""

from collections import deque
from collections.abc import AsyncIterator
from typing import Final

from mmfast.api.forms import FormError
from mmfast.wire.multipart import Event, MultipartError, MultipartParser, PartBegin, PartData, PartEnd, get_boundary
from mmfast.wire.request import Request

MAX_VALUE_BYTES: Final = 64 * 1024
"""Of a plain field: ids and names are all that forms with files carry besides."""


def is_form(request: Request) -> bool:
    """Whether the request says that its body is a multipart form."""
    return request.headers.get("content-type").partition(";")[0].strip().lower() == "multipart/form-data"


class FormStream:
    """The parts of a form in order. Raises FormError where the body is no complete form."""

    def __init__(self, request: Request) -> None:
        try:
            self._parser = MultipartParser(get_boundary(request.headers.get("content-type")))
        except MultipartError as error:
            raise FormError(str(error)) from None
        self._pieces = request.stream()
        self._events: deque[Event] = deque()
        self._in_part = False

    async def next_part(self) -> PartBegin | None:
        """The next part; None after the last."""
        while (event := await self._next_event()) is not None:
            if isinstance(event, PartBegin):
                self._in_part = True
                return event
        return None

    async def content(self) -> AsyncIterator[bytes]:
        """The content of the part at hand, in pieces."""
        while self._in_part:
            event = await self._next_event()
            if isinstance(event, PartData):
                yield event.data
            else:
                self._in_part = not isinstance(event, PartEnd)

    async def value(self) -> str:
        """The content of the part at hand as a short text."""
        value = bytearray()
        async for piece in self.content():
            value += piece
            if len(value) > MAX_VALUE_BYTES:
                raise FormError("the value of a field is too long")
        return value.decode("utf-8", "replace")

    async def _next_event(self) -> Event | None:
        while not self._events:
            if self._parser.finished:
                return None
            piece = await anext(self._pieces, b"")
            if not piece:
                raise FormError("the form is not complete")
            try:
                self._events.extend(self._parser.feed(piece))
            except MultipartError as error:
                raise FormError(str(error)) from None
        return self._events.popleft()
