"""What a server's processes use, read from /proc: CPU by second, memory, and the database's share told apart.

For a server on the same machine only; of one elsewhere, its own monitoring knows.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SECOND = 1.0
WINDOW = 10
"""Seconds over which the busiest time is looked for: shorter ones show the scheduler, not the server."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Sample:
    """The CPU seconds that each part has used so far, and the server's memory, at a moment."""

    at: float
    server: float
    database: float
    machine: float
    memory: int
    """Bytes of the server's processes, each shared page counted once."""


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        for names in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(name) for name in names.read_text().split()]
            except OSError:
                continue  # it has ended since it was listed
    return found


def _cpu_seconds(pid: int) -> tuple[str, float]:
    """A process's name, and what it has used itself."""
    head, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    fields = rest.split()
    return head.partition("(")[2], (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def machine_cpu_seconds() -> float:
    """What everything on the machine has used: the difference shows how much others were at work."""
    fields = [int(value) for value in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / _TICKS  # without idle and iowait


def machine_memory() -> int:
    """Bytes of memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


class Watch:
    """Samples a server once a second, in a thread, until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._used: dict[int, tuple[str, float]] = {}
        """Of every process ever seen: one that has ended keeps what it had used."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.samples: list[Sample] = []

    def __enter__(self) -> "Watch":
        self._take()
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()
        self._take()

    def _run(self) -> None:
        while not self._stop.wait(SECOND):
            self._take()

    def _take(self) -> None:
        memory = 0
        for pid in tree(self._pid):
            try:
                self._used[pid] = name, _ = _cpu_seconds(pid)
                if not _is_database(name):
                    memory += _memory(pid)
            except OSError:
                continue  # it has ended since it was listed
        server = sum(used for name, used in self._used.values() if not _is_database(name))
        database = sum(used for name, used in self._used.values() if _is_database(name))
        self.samples.append(Sample(time.time(), server, database, machine_cpu_seconds(), memory))


def _is_database(name: str) -> bool:
    return name.startswith("postgres")


def cores_used(samples: list[Sample], part: str, began: float, ended: float) -> float:
    """The mean number of cores that a part used between two moments."""
    inside = [sample for sample in samples if began <= sample.at <= ended]
    if len(inside) < 2:
        return 0.0
    return (getattr(inside[-1], part) - getattr(inside[0], part)) / (inside[-1].at - inside[0].at)


def busiest(samples: list[Sample]) -> float:
    """The cores that the server used in its busiest window."""
    pairs = list(zip(samples, samples[WINDOW:], strict=False)) or [(samples[0], samples[-1])]
    return max(((b.server - a.server) / (b.at - a.at) for a, b in pairs if b.at > a.at), default=0.0)
