"""Active users against a server of its own, or against the one that --host names.

    python -m bench.load [--users N] [--seconds N] [--ui] [--host URL --admin NAME --password ...] [--pid N]

Without --host a server is started with a fresh data folder and its embedded PostgreSQL, and ended afterwards. With
--host the server must know the administrator, or have no account yet; accounts, a team and channels are made on it and
stay there, so it is not for an installation that people use. Server, database and users share one machine unless
--host is elsewhere, and that needs --remote. --ui leaves start, stop and numbers to locust's page on 127.0.0.1.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from bench.load.installation import Admin, Refused, make_accounts
from bench.load.model import LOGINS_PER_SECOND, POLL_SECONDS, actions_per_minute
from bench.load.processes import Watch, busiest, cores_used, machine_memory
from bench.load.verdict import Measured, is_supported, judge, merge, percentile, sentence, smallest_share
from bench.results import FOLDER, write

MAX_USERS = 5000
MAX_SECONDS = 3600
"""One machine's generator is not honest beyond these; for more, run locust's workers on several."""

STOP_SECONDS = 60
IDLE_SECONDS = 5
"""The server is watched for so long before the users come, to know what it uses without them."""
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SOCKET = "WebSocket"
"""Stands in the statistics where the method of a request stands."""
COLUMNS = ["request", "count", "per second", "failed", "mean, ms", "p50, ms", "p95, ms", "p99, ms"]
LOCUSTFILE = Path(__file__).with_name("locustfile.py")


def arguments() -> argparse.Namespace:
    """The command line, checked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=60, help="after all users are there")
    parser.add_argument("--ui", action="store_true", help="run from locust's web interface")
    parser.add_argument("--port", type=int, default=8089, help="of the web interface")
    parser.add_argument("--host", help="URL of a server that runs already")
    parser.add_argument("--remote", action="store_true", help="allow a --host that is not this machine")
    parser.add_argument("--admin", default="loadadmin", help="login of its administrator")
    parser.add_argument("--password", default="Passwd-of-admin-1")
    parser.add_argument("--pid", type=int, help="its process, to measure CPU and memory")
    parser.add_argument("--strict", action="store_true", help="end with status 1 unless the users are supported")
    parser.add_argument("--name", default="load", help="of the result's files")
    given = parser.parse_args()
    if not 1 <= given.users <= MAX_USERS or not 1 <= given.seconds <= MAX_SECONDS:
        parser.error(f"at most {MAX_USERS} users and {MAX_SECONDS} seconds")
    if given.host and not given.remote and urlsplit(given.host).hostname not in LOOPBACK:
        parser.error("--host is not this machine; say --remote if it may be loaded")
    return given


@contextmanager
def own_server() -> Iterator[tuple[str, int]]:
    """A server with a fresh data folder: its URL and process."""
    with tempfile.TemporaryDirectory(prefix="mmfast-load-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # the embedded PostgreSQL enters it as a user of its own
        command = [sys.executable, "-m", "mmfast", "serve", "--data-dir", name, "--listen", "127.0.0.1:0"]
        settings = {"MM_TEAMSETTINGS_MAXUSERSPERTEAM": str(MAX_USERS)}
        with open(Path(name) / "stderr.log", "wb") as log:
            environment = {**os.environ, **settings}
            server = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                text=True,
                start_new_session=True,  # Ctrl-C is for the users; the server goes when they have gone
            )
        try:
            assert server.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            if found is None:
                raise SystemExit("the server did not start: " + (Path(name) / "stderr.log").read_text()[-2000:])
            yield found[0], server.pid
        finally:
            server.terminate()
            try:
                server.wait(STOP_SECONDS)
            finally:
                server.kill()


def run_locust(given: argparse.Namespace, host: str, folder: Path) -> dict:
    """Runs the users in a process of their own, and gives its statistics."""
    result = folder / "result.json"
    seconds = round(given.users / LOGINS_PER_SECOND) + given.seconds
    command = [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--host", host]
    command += ["--users", str(given.users), "--spawn-rate", str(LOGINS_PER_SECOND), "--stop-timeout", "5"]
    if given.ui:
        command += ["--web-host", "127.0.0.1", "--web-port", str(given.port)]
        print(f"Open http://127.0.0.1:{given.port} and press Start; Ctrl-C here ends it.", flush=True)
    else:
        command += ["--headless", "--run-time", f"{seconds}s", "--only-summary", "--exit-code-on-error", "0"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(LOCUSTFILE.parents[2]), os.environ.get("PYTHONPATH", "")]),
        "MMFAST_LOAD_ACCOUNTS": str(folder / "accounts.json"),
        "MMFAST_LOAD_RESULT": str(result),
    }
    locust = subprocess.Popen(command, env=environment)
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends locust, then we tell what it measured
    try:
        locust.wait(None if given.ui else seconds + 2 * STOP_SECONDS)
    finally:
        locust.kill()
        signal.signal(signal.SIGINT, previous)
    if not result.exists():
        raise SystemExit("locust ended without a result")
    return json.loads(result.read_text())


def rows_of(entries: list[dict], seconds: float) -> list[list]:
    """A line per request, the most frequent first, and one for all requests over HTTP."""
    over_http = [entry for entry in entries if entry["method"] != SOCKET]
    ordered = sorted(entries, key=lambda entry: -entry["requests"])
    rows = []
    for name, group in [("all over HTTP", over_http), *[(f"{e['method']} {e['name']}", [e]) for e in ordered]]:
        times, total = merge(group)
        count = sum(entry["requests"] for entry in group)
        if count:
            shares = [round(percentile(times, share)) for share in (0.5, 0.95, 0.99)]
            failed = sum(entry["failures"] for entry in group)
            rows.append([name, count, round(count / seconds, 2), failed, round(total / count, 1), *shares])
    return rows


def server_use(watch: Watch, came: float, times: dict[str, float]) -> dict:
    """What the server's processes used: alone, while all users were at work, and at most."""
    steady = times.get("all there", times["ended"]), times["ended"]
    used = {
        "cores": os.cpu_count() or 1,
        "idle cores": cores_used(watch.samples, "server", 0, came),
        "steady cores": cores_used(watch.samples, "server", *steady),
        "steady cores of the database": cores_used(watch.samples, "database", *steady),
        "steady cores of everything": cores_used(watch.samples, "machine", *steady),
        "busiest cores": busiest([s for s in watch.samples if times["began"] <= s.at <= times["ended"]]),
        "memory, MiB": max(sample.memory for sample in watch.samples) / 2**20,
        "machine's memory, MiB": machine_memory() / 2**20,
    }
    return {key: round(value, 4) for key, value in used.items()}


def report(given: argparse.Namespace, told: dict, use: dict | None) -> bool:
    """Prints and keeps the result; true where the users are supported."""
    if "all there" not in told["times"]:
        print("\n".join(told["errors"][:20]))
        print(f"does not support {given.users} users: not all of them got in")
        return False
    seconds = told["times"]["ended"] - told["times"]["all there"]
    times, total = merge(entry for entry in told["entries"] if entry["method"] != SOCKET)
    logins, _ = merge(entry for entry in told["ramp"] if entry["name"].endswith("/login"))
    steady, outcomes = sum(times.values()), told["outcomes"]
    requests = steady + sum(entry["requests"] for entry in told["ramp"] if entry["method"] != SOCKET)
    measured = Measured(
        requests,
        outcomes.get("server_errors", 0),
        outcomes.get("timeouts", 0),
        total / max(steady, 1) / 1000,
        percentile(times, 0.99) / 1000,
        use["busiest cores"] / use["cores"] if use else None,
        use["memory, MiB"] / use["machine's memory, MiB"] if use else None,
    )
    findings = judge(measured)
    words = sentence(findings, told["users"], steady)
    notes = [f"{finding.name}: {finding}" for finding in findings]
    notes.append(f"{requests} requests: shares of errors below {smallest_share(requests):.3%} would not show")
    notes.append(f"login, p50/p99: {percentile(logins, 0.5):.0f}/{percentile(logins, 0.99):.0f} ms")
    if use:
        notes += [f"{name}: {value}" for name, value in use.items()]
    more = {
        "verdict": words,
        "criteria": notes,
        "users": told["users"],
        "supported": is_supported(findings, steady),
        "seconds": round(seconds, 1),
        "actions": outcomes.get("actions", 0),
        "events received": told["events"],
        "outcomes": outcomes,
        "measured": asdict(measured),
        "server": use,
        "errors": told["errors"][:20],
        "shape": {"logins a second": LOGINS_PER_SECOND, "polls every": POLL_SECONDS, "host": given.host or "its own"},
    }
    rows = rows_of(told["entries"], seconds)
    write(given.name, COLUMNS, rows, **more)
    with (FOLDER / f"{given.name}.md").open("a") as file:
        file.write("\n" + "\n".join(f"- {line}" for line in [words, *notes]) + "\n")
    print("\n".join([*notes, *told["errors"][:20], words]))
    return is_supported(findings, steady)


def main() -> None:
    """Makes the accounts, lets the users loose, judges."""
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is ended then, too
    with ExitStack() as stack:
        host, pid = (given.host, given.pid) if given.host else stack.enter_context(own_server())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mmfast-load-")))
        expected = given.users * actions_per_minute() / 60
        print(f"Making {given.users} accounts; they will act {expected:.2f} times a second in all.", flush=True)
        admin = Admin(host)
        try:
            admin.enter(given.admin, given.password)
            accounts = make_accounts(admin, given.users)
        except (Refused, OSError) as error:
            raise SystemExit(f"The accounts could not be made: {error}") from error
        (folder / "accounts.json").write_text(json.dumps([asdict(account) for account in accounts]))
        watch = stack.enter_context(Watch(pid)) if pid else None
        if watch:
            time.sleep(IDLE_SECONDS)
        came = time.time()
        told = run_locust(given, host, folder)
        use = server_use(watch, came, told["times"]) if watch else None
        supported = report(given, told, use)
    sys.exit(1 if given.strict and not supported else 0)


if __name__ == "__main__":
    main()
