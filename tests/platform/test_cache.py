"""What the caches keep, and what an invalidation in the midst of a load keeps them from keeping."""

from mmfast.platform.cache import CacheKind, Caches

NUMBERS: CacheKind[str, int] = CacheKind("numbers", size=10)


class Source:
    """A loader that notes what it was asked for."""

    def __init__(self, caches: Caches) -> None:
        self.asked: list[list[str]] = []
        self.invalidates = False
        self._caches = caches

    async def load(self, keys: list[str]) -> dict[str, int]:
        self.asked.append(keys)
        if self.invalidates:
            self._caches.drop(NUMBERS.name, "elsewhere")
        return {key: len(key) for key in keys if key != "unknown"}


async def test_many_values_come_in_order_each_once_and_are_kept() -> None:
    caches = Caches()
    source = Source(caches)
    caches.put(NUMBERS, "kept", 99)

    found = await caches.get_many(NUMBERS, ["one", "kept", "unknown", "three", "one"], source.load)

    assert list(found.items()) == [("one", 3), ("kept", 99), ("three", 5)]
    assert source.asked == [["one", "unknown", "three"]]
    assert list(await caches.get_many(NUMBERS, ["three", "one"], source.load)) == ["three", "one"]
    assert len(source.asked) == 1


async def test_values_loaded_while_their_kind_is_invalidated_are_given_but_not_kept() -> None:
    caches = Caches()
    source = Source(caches)
    source.invalidates = True

    assert await caches.get_many(NUMBERS, ["one"], source.load) == {"one": 3}
    assert caches.find(NUMBERS, "one") is None


async def test_what_an_open_transaction_reads_is_not_kept() -> None:
    caches = Caches()

    assert await caches.get_many(NUMBERS, ["one"], Source(caches).load, keep=False) == {"one": 3}
    assert caches.find(NUMBERS, "one") is None


def test_all_kept_values_at_once_or_none() -> None:
    caches = Caches()
    assert caches.find_all(NUMBERS, ["one"]) is None
    caches.put(NUMBERS, "one", 1)
    caches.put(NUMBERS, "two", 2)
    assert caches.find_all(NUMBERS, ["two", "one", "two"]) == [2, 1]
    assert caches.hits[NUMBERS.name] == 2
    caches.drop(NUMBERS.name, "one")
    assert caches.find_all(NUMBERS, ["two", "one"]) is None
