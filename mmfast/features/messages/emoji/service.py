"""Finds custom emojis."""

from typing import Final

from mmfast.api.context import Context
from mmfast.features.messages.emoji import store
from mmfast.features.messages.emoji.types import Emoji
from mmfast.platform.cache import CacheKind

EMOJIS: Final[CacheKind[str, Emoji]] = CacheKind("emojis", size=20_000)
"""By name. A name without an emoji is kept too, as `NONE`: most names in messages are those of standard emojis."""

NONE: Final = Emoji("", 0, 0, 0, "", "")


async def find_emojis_by_names(ctx: Context, names: list[str]) -> dict[str, Emoji]:
    """The custom emojis among these names, by name."""
    found = {name: ctx.caches.find(EMOJIS, name) for name in names}
    missing = [name for name, emoji in found.items() if emoji is None]
    if missing:
        generation = ctx.caches.generation(EMOJIS)
        loaded = {emoji.name: emoji for emoji in await store.list_by_names(ctx.db, missing)}
        keep = ctx.caches.generation(EMOJIS) == generation
        for name in missing:
            found[name] = loaded.get(name, NONE)
            if keep:
                ctx.caches.put(EMOJIS, name, loaded.get(name, NONE))
    return {name: emoji for name, emoji in found.items() if emoji is not None and emoji.id}
