"""Caches in memory, one set per worker, kept true by invalidations that also travel to the other workers.

A feature declares a kind once, `USERS: CacheKind[str, User] = CacheKind("users", size=50_000)`, and reads through
`ctx.cached(USERS, id, loader)`. Whoever writes the row calls `ctx.invalidate(USERS, id)`. A value that was being loaded
while its key was invalidated is given to the caller but not kept. Not for anything that must be exact across workers
at every moment: an invalidation takes a bus round trip.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar, cast

K = TypeVar("K")
V = TypeVar("V")

_JOINT = "\x1f"


def key_text(key: str | tuple[str, ...] | None) -> str:
    """A cache key as text for the bus; empty for None, which stands for the whole kind."""
    return "" if key is None else key if isinstance(key, str) else _JOINT.join(key)


def key_of_text(text: str) -> str | tuple[str, ...] | None:
    """The key that `key_text` made into `text`."""
    return None if not text else tuple(text.split(_JOINT)) if _JOINT in text else text


class CacheKind(Generic[K, V]):
    """A named kind of cached value; `size` bounds the entries a worker keeps."""

    __slots__ = ("name", "size")

    def __init__(self, name: str, *, size: int) -> None:
        self.name = name
        self.size = size


class Caches:
    """All caches of one worker."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[Any, Any]] = {}
        self._generation: dict[str, int] = {}
        self.hits: Counter[str] = Counter()
        self.misses: Counter[str] = Counter()
        """How often each kind was asked for what it had, and had not."""

    def find(self, kind: CacheKind[K, V], key: K) -> V | None:
        """The cached value, or None."""
        table = self._tables.get(kind.name)
        value = None if table is None else table.get(key)
        (self.misses if value is None else self.hits)[kind.name] += 1
        return value

    def find_all(self, kind: CacheKind[K, V], keys: Iterable[K]) -> list[V] | None:
        """The values of these keys, each once and in the order given, if all of them are kept; else None.

        Without a step of Python for each: lists of users have hundreds of keys. Misses are for `get_many` to count.
        """
        table = self._tables.get(kind.name)
        if table is None:
            return None
        try:
            found = list(map(table.__getitem__, dict.fromkeys(keys)))
        except KeyError:
            return None
        self.hits[kind.name] += len(found)
        return found

    def put(self, kind: CacheKind[K, V], key: K, value: V) -> None:
        """Keeps `value`; drops the oldest entries past the kind's size."""
        table = self._tables.setdefault(kind.name, {})
        if len(table) >= kind.size and key not in table:
            for old in list(table)[: max(1, kind.size // 16)]:  # in bulk, so that a full cache stays cheap
                del table[old]
        table[key] = value

    async def get(self, kind: CacheKind[K, V], key: K, loader: Callable[[], Awaitable[V]]) -> V:
        """The cached value, or what `loader` gives, which is then kept unless it is None."""
        table = self._tables.get(kind.name)
        if table is not None:
            value = table.get(key)
            if value is not None:
                self.hits[kind.name] += 1
                return cast(V, value)
        self.misses[kind.name] += 1
        before = self._generation.get(kind.name, 0)
        loaded = await loader()
        if loaded is not None and self._generation.get(kind.name, 0) == before:
            self.put(kind, key, loaded)
        return loaded

    async def get_many(
        self,
        kind: CacheKind[K, V],
        keys: Iterable[K],
        loader: Callable[[list[K]], Awaitable[Mapping[K, V]]],
        *,
        keep: bool = True,
    ) -> dict[K, V]:
        """The values of many keys, each once and in the order given; those not cached come from one call of `loader`.

        Keys that the loader does not know are left out.
        """
        cached = self._tables.setdefault(kind.name, {}).get  # bound once: lists of users have hundreds of keys
        found: dict[K, V | None] = {key: cached(key) for key in keys}
        missing = [key for key, value in found.items() if value is None]
        self.hits[kind.name] += len(found) - len(missing)
        self.misses[kind.name] += len(missing)
        if not missing:
            return cast("dict[K, V]", found)
        before = self._generation.get(kind.name, 0)
        loaded = await loader(missing)
        keep = keep and self._generation.get(kind.name, 0) == before
        for key in missing:
            value = found[key] = loaded.get(key)
            if keep and value is not None:
                self.put(kind, key, value)
        return {key: value for key, value in found.items() if value is not None}

    def generation(self, kind: CacheKind[K, V]) -> int:
        """Changes with every invalidation of the kind: take it before a bulk load, compare before `put`."""
        return self._generation.get(kind.name, 0)

    def drop(self, kind_name: str, key: Any | None) -> None:
        """Forgets one key, or with None the whole kind. Called for local and for other workers' invalidations."""
        self._generation[kind_name] = self._generation.get(kind_name, 0) + 1
        table = self._tables.get(kind_name)
        if table is None:
            return
        if key is None:
            table.clear()
        else:
            table.pop(key, None)

    def invalidations(self) -> dict[str, int]:
        """How often each kind was told that something of it is stale."""
        return dict(self._generation)

    def names(self) -> list[str]:
        """The kinds of which anything is kept."""
        return list(self._tables)

    def clear(self) -> None:
        """Forgets everything."""
        for name in list(self._tables):
            self.drop(name, None)
