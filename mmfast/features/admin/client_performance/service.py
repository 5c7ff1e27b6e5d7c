"""Counts what clients report among the server's metrics. Only known names are kept: a client may send what it likes."""

import math
from typing import Final

from mmfast.features.admin.client_performance.types import (
    AGENTS,
    DURATIONS,
    LAYOUT_SHIFT,
    LONG_TASKS,
    PLATFORMS,
    PerformanceReport,
)
from mmfast.platform.metrics import OTHER, SECONDS, counters, histogram

TASKS: Final = counters(
    "mattermost_webapp_long_tasks", "Tasks of more than 50 ms in which a browser hung.", "platform", "agent"
)
TIMES: Final = histogram(
    "mmfast_client_seconds",
    "What clients measure of themselves, such as the loading of a page.",
    "metric",
    "platform",
    "agent",
    bounds=(*SECONDS, 20.0, 60.0),
)
SHIFTS: Final = histogram(
    "mmfast_client_layout_shift",
    "How far pages leap while they load.",
    "platform",
    "agent",
    bounds=(0.01, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0),
)

MOST_AT_ONCE: Final = 10_000
"""Of one counter in one report: a client must not falsify a graph for ever."""


def count(report: PerformanceReport) -> None:
    """Takes a report in."""
    platform = _known(report.labels.get("platform", ""), PLATFORMS)
    agent = _known(report.labels.get("agent", ""), AGENTS)
    for item in report.counters:
        if item.metric == LONG_TASKS and 0 < item.value <= MOST_AT_ONCE:
            TASKS.of(platform, agent).inc(item.value)
    for item in report.histograms:
        if not math.isfinite(item.value) or item.value < 0:
            continue
        if item.metric == LAYOUT_SHIFT:
            SHIFTS.of(platform, agent).observe(item.value)
        elif item.metric in DURATIONS:
            TIMES.of(item.metric, platform, agent).observe(item.value / 1000)


def _known(value: str, names: tuple[str, ...]) -> str:
    return value if value in names else OTHER
