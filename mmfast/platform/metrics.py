"""What a worker counts about itself: families of counters, gauges and histograms, declared once where they are counted.

    POSTS = counter("mattermost_post_total", "Posts written.")          POSTS.inc()
    CALLS = histogram("mmfast_api_seconds", "...", "operation")         CALLS.of("GetUser").observe(0.003)

Children are plain objects, to be bound once where the path is hot: counting is one addition. A process is one worker,
so the families are the process's. How they are shown is `metrics_text`, how several workers' are added
`metrics_totals`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, Final, Generic, TypeVar

import msgspec

SUM: Final = "sum"
"""Several workers' values are added."""
MAX: Final = "max"
"""Every worker sees the same thing, say a table: the largest value counts."""

COUNTER: Final = "counter"
GAUGE: Final = "gauge"
HISTOGRAM: Final = "histogram"

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The usual bounds of durations."""

MOST_CHILDREN: Final = 2_000
"""Label values that a family keeps apart; what comes after them is counted as `OTHER`."""
OTHER: Final = "other"


class Counter:
    """A number that only grows, or as a gauge one that is set."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: float = 0

    def inc(self, by: float = 1) -> None:
        """Counts."""
        self.value += by

    def set(self, value: float) -> None:
        """Says how much it is now."""
        self.value = value


class Histogram:
    """How many values fell below each bound, and their sum."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Takes a value in."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Sample(msgspec.Struct, array_like=True):
    """One child's state. A histogram's `value` is its sum, and `counts` are its buckets, each for itself."""

    labels: list[str]
    value: float
    counts: list[int] = []


class FamilySnapshot(msgspec.Struct, array_like=True):
    """A family with its children's state."""

    name: str
    kind: str
    help: str
    label_names: list[str]
    unify: str
    bounds: list[float]
    samples: list[Sample]


class Snapshot(msgspec.Struct, array_like=True):
    """A worker's state; `epoch` is another after each start."""

    epoch: str
    families: list[FamilySnapshot]


C = TypeVar("C", bound=Counter | Histogram)


class Family(Generic[C]):
    """All children of one name, apart by their labels' values."""

    def __init__(self, name: str, kind: str, help: str, labels: tuple[str, ...], make: Callable[[], C]) -> None:
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
        self.unify = SUM
        self.bounds: tuple[float, ...] = ()
        self._make = make
        self._children: dict[tuple[str, ...], C] = {}

    def of(self, *values: str) -> C:
        """The child of these label values, made when it is first asked for."""
        child = self._children.get(values)
        if child is None:
            if len(self._children) >= MOST_CHILDREN:
                values = (OTHER,) * len(self.labels)
            child = self._children.setdefault(values, self._make())
        return child

    def clear(self) -> None:
        """Forgets the children: for gauges whose label values come and go."""
        self._children.clear()

    def snapshot(self) -> FamilySnapshot:
        """The present state."""
        samples = [Sample(list(values), *_state(child)) for values, child in self._children.items()]
        return FamilySnapshot(
            self.name, self.kind, self.help, list(self.labels), self.unify, list(self.bounds), samples
        )


def _state(child: Counter | Histogram) -> tuple[float, list[int]]:
    return (child.value, []) if isinstance(child, Counter) else (child.total, list(child.counts))


FAMILIES: Final[dict[str, Family[Any]]] = {}
"""Every declared family by name."""


def _declare(family: Family[C]) -> Family[C]:
    if family.name in FAMILIES:
        raise ValueError(f"the metric {family.name} is declared twice")
    FAMILIES[family.name] = family
    return family


def counters(name: str, help: str, *labels: str) -> Family[Counter]:
    """Declares counters apart by labels."""
    return _declare(Family(name, COUNTER, help, labels, Counter))


def counter(name: str, help: str) -> Counter:
    """Declares a counter without labels."""
    return counters(name, help).of()


def gauges(name: str, help: str, *labels: str, unify: str = SUM) -> Family[Counter]:
    """Declares gauges apart by labels; `unify` says how several workers' values become one."""
    family = _declare(Family(name, GAUGE, help, labels, Counter))
    family.unify = unify
    return family


def gauge(name: str, help: str, *, unify: str = SUM) -> Counter:
    """Declares a gauge without labels."""
    return gauges(name, help, unify=unify).of()


def histogram(name: str, help: str, *labels: str, bounds: tuple[float, ...] = SECONDS) -> Family[Histogram]:
    """Declares histograms apart by labels."""
    family = _declare(Family(name, HISTOGRAM, help, labels, lambda: Histogram(bounds)))
    family.bounds = bounds
    return family


def snapshots() -> Iterator[FamilySnapshot]:
    """The state of every family, by name."""
    for name in sorted(FAMILIES):
        yield FAMILIES[name].snapshot()
