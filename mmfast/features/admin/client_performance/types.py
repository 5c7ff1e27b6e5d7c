"""A client's report of its performance."""

from typing import Final

from msgspec import Struct

VERSION: Final = "0.1.0"
MAX_AGE_MS: Final = 5 * 60 * 1000
"""A report of an older time says nothing about the server as it is."""


PLATFORMS: Final = ("android", "ios", "linux", "macos", "windows")
AGENTS: Final = ("chrome", "desktop", "edge", "firefox", "safari")
"""The labels that are kept apart; any client may claim to be anything."""

LONG_TASKS: Final = "long_tasks"
LAYOUT_SHIFT: Final = "CLS"
DURATIONS: Final = (
    "FCP",
    "INP",
    "LCP",
    "TTFB",
    "channel_switch",
    "dom_interactive",
    "global_threads_load",
    "mobile_channel_switch",
    "mobile_load",
    "mobile_team_switch",
    "page_load",
    "rhs_load",
    "splash_screen",
    "team_switch",
)
"""What clients measure in milliseconds; other names are passed over."""


class Measurement(Struct):
    """One value of one metric."""

    metric: str = ""
    value: float = 0
    timestamp: float = 0
    labels: dict[str, str] = {}


class PerformanceReport(Struct):
    """What a client measured in a span of time."""

    version: str = ""
    client_id: str = ""
    labels: dict[str, str] = {}
    start: float = 0
    end: float = 0
    counters: list[Measurement] = []
    histograms: list[Measurement] = []

    def is_usable(self, now_ms: int) -> bool:
        """Whether it is of the version known here and of a sensible, recent time."""
        return self.version == VERSION and self.start <= self.end and self.end >= now_ms - MAX_AGE_MS
