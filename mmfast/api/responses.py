"""What a handler may return besides plain data: a status of its own, bytes, files.

The transport's `Response` is `wire.response.Response`; this module only adds the shapes that operations speak.
"""

from typing import Any, Generic, TypeVar

from mmfast.wire.response import FileBody, Response

T = TypeVar("T")

__all__ = ["Created", "FileBody", "JSONResponse", "Response"]


class Created(Generic[T]):
    """A result that is answered with 201."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value


class JSONResponse(Generic[T]):
    """A result as JSON with a status and headers of its own (an ETag, say)."""

    __slots__ = ("value", "status", "headers")

    def __init__(self, value: T, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.value: Any = value
        self.status = status
        self.headers = headers
