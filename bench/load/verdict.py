"""From counts to numbers, and from numbers to "supports so many users". No I/O."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bench.load.model import CRITERIA, Criteria


@dataclass(frozen=True)
class Measured:
    """What a run came to. CPU and memory are shares of the machine; None where nobody could look."""

    requests: int
    server_errors: int
    timeouts: int
    mean_seconds: float
    p99_seconds: float
    cpu: float | None = None
    memory: float | None = None


@dataclass(frozen=True)
class Finding:
    """One criterion: what was measured and what it must stay below."""

    name: str
    value: float | None
    limit: float
    unit: str

    @property
    def kept(self) -> bool | None:
        """Whether it was kept; None where it was not measured."""
        return None if self.value is None else self.value < self.limit

    def __str__(self) -> str:
        return "not measured" if self.value is None else _text(self.value, self.unit)


def _text(value: float, unit: str) -> str:
    return f"{value:.3%}" if unit == "%" else f"{value:.3f} s"


def judge(measured: Measured, criteria: Criteria = CRITERIA) -> list[Finding]:
    """Every criterion in turn."""
    count = max(measured.requests, 1)
    return [
        Finding("answers 5xx", measured.server_errors / count, criteria.server_errors, "%"),
        Finding("time-outs", measured.timeouts / count, criteria.timeouts, "%"),
        Finding("mean latency", measured.mean_seconds, criteria.mean_seconds, "s"),
        Finding("p99 latency", measured.p99_seconds, criteria.p99_seconds, "s"),
        Finding("CPU of the server", measured.cpu, criteria.cpu, "%"),
        Finding("memory of the server", measured.memory, criteria.memory, "%"),
    ]


def is_supported(findings: Iterable[Finding], requests: int) -> bool:
    """Whether nothing measured went past its limit; nothing asked is nothing shown."""
    return requests > 0 and all(finding.kept is not False for finding in findings)


def sentence(findings: list[Finding], users: int, requests: int) -> str:
    """The verdict in words, with what it does not cover."""
    if requests == 0:
        return f"says nothing about {users} users: no request was made"
    if not is_supported(findings, requests):
        broken = ", ".join(f"{f.name} {f} (limit {_text(f.limit, f.unit)})" for f in findings if f.kept is False)
        return f"does not support {users} users: {broken}"
    unseen = ", ".join(finding.name for finding in findings if finding.kept is None)
    return f"supports {users} users" + (f", as far as the clients see ({unseen} not measured)" if unseen else "")


def smallest_share(requests: int) -> float:
    """The smallest share of errors, other than none, that so many requests can show."""
    return 1 / max(requests, 1)


def percentile(times: Counter[float], share: float) -> float:
    """The value that this share of the counted values does not exceed."""
    left = share * sum(times.values())
    for value in sorted(times):
        left -= times[value]
        if left <= 0:
            return value
    return max(times, default=0.0)


def merge(entries: Iterable[dict]) -> tuple[Counter[float], float]:
    """The milliseconds counted in several entries of locust's statistics, and their sum."""
    times: Counter[float] = Counter()
    total = 0.0
    for entry in entries:
        times.update({float(ms): count for ms, count in entry["times"].items()})
        total += entry["total_ms"]
    return times, total
