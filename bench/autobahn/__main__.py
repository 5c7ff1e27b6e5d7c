"""Runs the cases for RFC 6455 of the Autobahn test suite against both implementations.

    python -m bench.autobahn --wstest PATH [--cases "1.*" "2.*"]

The suite needs Python 2.7 and is therefore no dependency of ours; where one is at hand:

    virtualenv --python python2.7 FOLDER && FOLDER/bin/pip install autobahntestsuite

The groups are 1 framing, 2 pings, 3 reserved bits, 4 opcodes, 5 fragmentation, 6 UTF-8, 7 closing, 9 limits and speed,
10 automatic fragmentation; 12 and 13 are about compression, which we do not offer. What they demand stands, without the
suite, in tests/net/test_rfc6455.py. Results: bench/results/autobahn.json and .md; the exit status is 1 if a case fails.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.results import write

GROUPS = ("1", "2", "3", "4", "5", "6", "7", "9", "10")
IMPLEMENTATIONS = {"extension": "c", "twin": "python"}
PASSED = ("OK", "NON-STRICT", "INFORMATIONAL")
"""What counts as passed. Informational cases demand nothing; a non-strict answer is allowed, but not the quickest."""


def run_suite(wstest: str, implementation: str, cases: list[str]) -> dict[str, dict]:
    """What the suite says of each case."""
    command = [sys.executable, "-m", "bench.autobahn.echo"]
    environment = {**os.environ, "MMFAST_IMPL": implementation}
    with (
        tempfile.TemporaryDirectory(prefix="mmfast-autobahn-") as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as server,
    ):
        port = int(server.stdout.readline())
        url = f"ws://127.0.0.1:{port}"
        specification = Path(folder, "specification.json")
        specification.write_text(
            json.dumps(
                {
                    "outdir": folder,
                    "servers": [{"agent": "mmfast", "url": url, "options": {"version": 18}}],
                    "cases": cases,
                    "exclude-cases": [],
                    "exclude-agent-cases": {},
                }
            )
        )
        subprocess.run([wstest, "-m", "fuzzingclient", "-s", specification], check=True, stdout=subprocess.DEVNULL)
        server.stdin.close()
        return json.loads(Path(folder, "index.json").read_text())["mmfast"]


def group_rows(told: dict[str, dict]) -> list[list]:
    """A row for each group: cases, and how many ended how. The closing handshake counts as much as the case."""
    rows = []
    for group in GROUPS:
        ends: Counter[str] = Counter()
        slowest = 0
        for case, result in told.items():
            if case.partition(".")[0] == group:
                ends[worse(result)] += 1
                slowest = max(slowest, result["duration"])
        failed = sum(count for end, count in ends.items() if end not in PASSED)
        rows.append([group, ends.total(), *(ends[end] for end in PASSED), failed, slowest])
    return rows


def worse(result: dict) -> str:
    """The less good of how the case ended and how the connection was closed."""
    ends = (result["behavior"], result["behaviorClose"])
    return next((end for end in ends if end not in PASSED), max(ends, key=PASSED.index))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wstest", default=shutil.which("wstest"), help="the suite's program")
    parser.add_argument("--cases", nargs="+", default=[f"{group}.*" for group in GROUPS])
    options = parser.parse_args()
    if not options.wstest:
        parser.error("the suite's program wstest was not found: name it with --wstest")
    rows, failures = [], []
    for name, implementation in IMPLEMENTATIONS.items():
        told = run_suite(options.wstest, implementation, options.cases)
        rows += [[name, *row] for row in group_rows(told)]
        failures += [f"{name} {case}: {worse(result)}" for case, result in told.items() if worse(result) not in PASSED]
    columns = ["implementation", "group", "cases", "ok", "non-strict", "informational", "failed", "slowest, ms"]
    write("autobahn", columns, rows, failures=failures)
    print("\n".join(failures) or "every case passes")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
