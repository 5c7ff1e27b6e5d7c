"""What was found behind a link."""

from typing import Any

from msgspec import Struct


class Picture(Struct, tag="image", tag_field="kind"):
    """A picture with its size; a still one has no frames to count."""

    width: int
    height: int
    format: str
    frame_count: int


class Page(Struct, tag="opengraph", tag_field="kind"):
    """A page that describes itself by Open Graph."""

    type: str = ""
    url: str = ""
    title: str = ""
    description: str = ""
    determiner: str = ""
    site_name: str = ""
    locale: str = ""
    locales_alternate: list[str] | None = None
    images: list[dict[str, Any]] | None = None
    audios: list[dict[str, Any]] | None = None
    videos: list[dict[str, Any]] | None = None


class Nothing(Struct, tag="none", tag_field="kind"):
    """Nothing that could be shown."""


Finding = Picture | Page | Nothing
