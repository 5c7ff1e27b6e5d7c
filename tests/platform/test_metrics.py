"""Counting, the text that Prometheus reads, and the sum over several workers."""

import pytest

from mmfast.platform import metrics
from mmfast.platform.metrics import (
    COUNTER,
    GAUGE,
    HISTOGRAM,
    MAX,
    MOST_CHILDREN,
    OTHER,
    SUM,
    Counter,
    Family,
    FamilySnapshot,
    Histogram,
    Sample,
    Snapshot,
)
from mmfast.platform.metrics_text import render
from mmfast.platform.metrics_totals import Totals


def family(value, *, name="x_total", kind=COUNTER, unify=SUM, labels=()):
    samples = [Sample(list(labels), value)]
    return FamilySnapshot(name, kind, "help", ["label"] * len(labels), unify, [], samples)


def values(families):
    return {(f.name, *s.labels): s.value for f in families for s in f.samples}


def test_a_histogram_counts_each_value_below_all_bounds_that_it_is_below():
    calls = Family("calls", HISTOGRAM, "Calls.", ("operation",), lambda: Histogram((0.1, 1.0)))
    calls.bounds = (0.1, 1.0)
    for value in (0.05, 0.1, 0.5, 2.0):
        calls.of("GetUser").observe(value)
    assert render([calls.snapshot()]).decode().splitlines() == [
        "# HELP calls Calls.",
        "# TYPE calls histogram",
        'calls_bucket{operation="GetUser",le="0.1"} 2',
        'calls_bucket{operation="GetUser",le="1"} 3',
        'calls_bucket{operation="GetUser",le="+Inf"} 4',
        'calls_sum{operation="GetUser"} 2.65',
        'calls_count{operation="GetUser"} 4',
    ]


def test_label_values_cannot_break_out_of_their_quotes():
    odd = Family("odd", COUNTER, "a\nb", ("label",), Counter)
    odd.of('x"} 1\n\\').inc(3)
    lines = render([odd.snapshot()]).decode().splitlines()
    assert lines == ["# HELP odd a\\nb", "# TYPE odd counter", 'odd{label="x\\"} 1\\n\\\\"} 3']


def test_a_family_without_children_is_not_shown():
    assert render([Family("none", COUNTER, "", ("label",), Counter).snapshot()]) == b""


def test_label_values_without_end_are_counted_together():
    many = Family("many", COUNTER, "", ("label",), Counter)
    for number in range(MOST_CHILDREN + 50):
        many.of(str(number)).inc()
    samples = many.snapshot().samples
    assert len(samples) == MOST_CHILDREN + 1
    assert {s.value for s in samples if s.labels == [OTHER]} == {50}


def test_a_name_is_declared_once():
    name = next(iter(metrics.FAMILIES))
    with pytest.raises(ValueError, match="twice"):
        metrics.counter(name, "")


def test_workers_are_added_and_what_all_see_alike_is_not():
    one = Snapshot("a", [family(3), family(7, name="g", kind=GAUGE), family(5, name="m", kind=GAUGE, unify=MAX)])
    two = Snapshot("b", [family(4), family(1, name="g", kind=GAUGE), family(6, name="m", kind=GAUGE, unify=MAX)])
    assert values(Totals().combine({0: one, 1: two})) == {("x_total",): 7, ("g",): 8, ("m",): 6}


def test_counters_do_not_fall_when_a_worker_starts_again():
    totals = Totals()
    totals.combine({0: Snapshot("a", [family(10)]), 1: Snapshot("b", [family(100)])})
    assert values(totals.combine({0: Snapshot("a", [family(11)]), 1: Snapshot("c", [family(2)])})) == {
        ("x_total",): 113
    }
    assert values(totals.combine({0: Snapshot("a", [family(11)]), 1: Snapshot("d", [family(1)])})) == {
        ("x_total",): 114
    }


def test_a_worker_that_does_not_answer_keeps_its_counters_but_not_its_gauges():
    totals = Totals()
    here = Snapshot("a", [family(10), family(5, name="g", kind=GAUGE)])
    totals.combine({0: here, 1: Snapshot("b", [family(1), family(2, name="g", kind=GAUGE)])})
    assert values(totals.combine({0: here})) == {("x_total",): 11, ("g",): 5}


def test_histograms_of_workers_are_added_bucket_by_bucket():
    snapshots = {}
    for worker, counts in enumerate(([1, 2], [3, 4])):
        samples = [Sample([], 0.5, counts)]
        snapshots[worker] = Snapshot(str(worker), [FamilySnapshot("h", HISTOGRAM, "", [], SUM, [1.0], samples)])
    (both,) = Totals().combine(snapshots)
    assert (both.samples[0].value, both.samples[0].counts) == (1.0, [4, 6])
