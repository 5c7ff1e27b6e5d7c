"""Looks behind the links of a new message, and describes them when the message is shown."""

import io
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
import msgspec
import trio
from PIL import Image, UnidentifiedImageError

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.messages.attachments.service import PROP, read_attachments
from mmfast.features.messages.link_previews import store
from mmfast.features.messages.link_previews.types import Finding, Nothing, Page, Picture
from mmfast.features.messages.markdown.service import find_links
from mmfast.platform.cache import CacheKind
from mmfast.platform.outgoing import Limits, OutgoingError

FINDINGS: Final[CacheKind[str, Finding]] = CacheKind("link_findings", size=20_000)
"""By address."""

MAX_URL: Final = 2_048
MAX_PICTURES: Final = 20
"""Of one message; more are shown without their sizes."""
MAX_BYTES: Final = 10 << 20
_ACCEPT: Final = {"Accept": "text/html, application/xhtml+xml, image/*"}


class LinkPlan(msgspec.Struct):
    """Which addresses of a message are to be looked at."""

    page: str
    """The first address in it, "" if none is to be previewed."""
    pictures: list[str]

    @property
    def all(self) -> list[str]:
        """Each address once."""
        return list(dict.fromkeys([*([self.page] if self.page else []), *self.pictures]))


def _may_preview(ctx: Context, url: str) -> bool:
    restricted = ctx.config.ServiceSettings.RestrictLinkPreviews
    domains = [d.strip().lower() for d in restricted.replace(",", " ").split()]
    host = (urlsplit(url).hostname or "").lower()
    return not any(host == domain or host.endswith("." + domain) for domain in domains)


def plan(ctx: Context, message: str, props: dict[str, Any]) -> LinkPlan:
    """The addresses of a message and its attachments."""
    links = find_links(message)
    pictures = list(links.pictures)
    for attachment in read_attachments(props.get(PROP)) if PROP in props else ():
        pictures += [url for url in (attachment.image_url, attachment.thumb_url) if url]
    page = ""
    if ctx.config.ServiceSettings.EnableLinkPreviews and PROP not in props and not props.get("unsafe_links"):
        page = next((url for url in links.bare if len(url) <= MAX_URL and _may_preview(ctx, url)), "")
    kept = [url for url in dict.fromkeys(pictures) if url.startswith(("http://", "https://")) and len(url) <= MAX_URL]
    return LinkPlan(page, kept[:MAX_PICTURES])


async def look_behind_links(ctx: Context, message: str, props: dict[str, Any]) -> None:
    """Fetches what is not known yet of a message's links. Call it outside of transactions: the web is slow."""
    if "://" not in message and PROP not in props:
        return
    async with trio.open_nursery() as nursery:
        for url in plan(ctx, message, props).all:
            nursery.start_soon(_look_behind, ctx, url)


async def _look_behind(ctx: Context, url: str) -> None:
    if await find_finding(ctx, url) is not None:
        return
    try:
        answer = await ctx.app.outgoing.request("GET", url, headers=_ACCEPT, limits=_limits(ctx))
        kind = answer.headers.get("content-type", "")
        finding = await trio.to_thread.run_sync(_examine, kind, answer.body, answer.url)
    except OutgoingError:
        finding = Nothing()
    await store.save(ctx.db, url, finding, now_ms())
    ctx.caches.put(FINDINGS, url, finding)


def _limits(ctx: Context) -> Limits:
    return Limits(seconds=ctx.config.ExperimentalSettings.LinkMetadataTimeoutMilliseconds / 1000, max_bytes=MAX_BYTES)


async def find_finding(ctx: Context, url: str) -> Finding | None:
    """What was found behind an address, None if nobody has looked."""
    found = ctx.caches.find(FINDINGS, url)
    if found is None:
        found = await store.find(ctx.db, url)
        if found is not None:
            ctx.caches.put(FINDINGS, url, found)
    return found


def _examine(content_type: str, body: bytes, url: str) -> Finding:
    if content_type.startswith("image/"):
        return _measure(body)
    if "html" in content_type:
        return _read_page(body, url)
    return Nothing()


def _measure(body: bytes) -> Finding:
    try:
        with Image.open(io.BytesIO(body)) as picture:
            frames = getattr(picture, "n_frames", 1)
            kind = (picture.format or "").lower()
            return Picture(picture.width, picture.height, kind, frames if kind == "gif" else 0)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return Nothing()


def _read_page(body: bytes, url: str) -> Finding:
    try:
        tree = lxml.html.fromstring(body)
    except (lxml.etree.ParserError, ValueError):
        return Nothing()
    found: dict[str, str] = {}
    images: list[dict[str, Any]] = []
    for meta in tree.iter("meta"):
        name, content = meta.get("property", ""), meta.get("content", "")
        if name in ("og:image", "og:image:url"):
            images.append(_image(urljoin(url, content)))
        elif name == "og:image:secure_url" and images:
            images[-1]["secure_url"] = urljoin(url, content)
        elif name.startswith("og:"):
            found.setdefault(name[3:], content[:4_096])
    if not found and not images:
        return Nothing()
    return Page(
        type=found.get("type", ""),
        url=found.get("url", ""),
        title=found.get("title", ""),
        description=found.get("description", ""),
        determiner=found.get("determiner", ""),
        site_name=found.get("site_name", ""),
        locale=found.get("locale", ""),
        images=images[:1] or None,
    )


def _image(url: str) -> dict[str, Any]:
    return {"url": url, "secure_url": "", "type": "", "width": 0, "height": 0}


async def describe_links(
    ctx: Context, message: str, props: dict[str, Any], *, new: bool
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The embeds and picture sizes of a message. In a new one, a link behind which nothing was found is left out."""
    wanted = plan(ctx, message, props)
    embeds: list[dict[str, Any]] = []
    sizes: dict[str, Any] = {}
    for url in wanted.all:
        found = await find_finding(ctx, url)
        if isinstance(found, Picture):
            sizes[url] = {f: getattr(found, f) for f in ("width", "height", "format", "frame_count")}
        if url != wanted.page:
            continue
        if isinstance(found, Picture):
            embeds.append({"type": "image", "url": url})
        elif isinstance(found, Page):
            data = msgspec.to_builtins(found)
            del data["kind"]
            embeds.append({"type": "opengraph", "url": url, "data": data})
        elif not new:
            embeds.append({"type": "link", "url": url})
    return embeds, sizes
