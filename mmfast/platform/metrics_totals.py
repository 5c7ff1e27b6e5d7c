"""Adds the metrics of several workers to those of one server, and keeps counters from falling when a worker ends.

To Prometheus a counter that falls has begun anew, and all that it shows afterwards is new: if one worker of four
started again and its part fell out of the sum, rates would leap by the other three's whole history. So what an ended
worker had counted stays in the sum. What it counted between the last look and its end is lost.
"""

from collections.abc import Iterable

from mmfast.platform.metrics import GAUGE, MAX, FamilySnapshot, Sample, Snapshot


class Totals:
    """The sum over workers, by their numbers."""

    def __init__(self) -> None:
        self._last: dict[int, Snapshot] = {}
        self._ended: list[FamilySnapshot] = []

    def combine(self, fresh: dict[int, Snapshot]) -> list[FamilySnapshot]:
        """The families of all workers as one. Of a worker that does not answer now, the counters are as last seen."""
        for worker, snapshot in fresh.items():
            before = self._last.get(worker)
            if before is not None and before.epoch != snapshot.epoch:
                self._ended = _add([*self._ended, *_lasting(before.families)])
            self._last[worker] = snapshot
        silent = [s for worker, s in self._last.items() if worker not in fresh]
        lasting = [family for snapshot in silent for family in _lasting(snapshot.families)]
        present = [family for snapshot in fresh.values() for family in snapshot.families]
        return _add([*present, *lasting, *self._ended])


def _lasting(families: Iterable[FamilySnapshot]) -> list[FamilySnapshot]:
    """What goes on counting after its worker has ended: all but gauges."""
    return [family for family in families if family.kind != GAUGE]


def _add(families: Iterable[FamilySnapshot]) -> list[FamilySnapshot]:
    merged: dict[str, tuple[FamilySnapshot, dict[tuple[str, ...], Sample]]] = {}
    for family in families:
        known, samples = merged.setdefault(family.name, (family, {}))
        for sample in family.samples:
            key = tuple(sample.labels)
            samples[key] = sample if key not in samples else _join(known, samples[key], sample)
    return [
        FamilySnapshot(f.name, f.kind, f.help, f.label_names, f.unify, f.bounds, list(samples.values()))
        for _, (f, samples) in sorted(merged.items())
    ]


def _join(family: FamilySnapshot, one: Sample, other: Sample) -> Sample:
    value = max(one.value, other.value) if family.unify == MAX else one.value + other.value
    return Sample(one.labels, value, [a + b for a, b in zip(one.counts, other.counts, strict=True)])
