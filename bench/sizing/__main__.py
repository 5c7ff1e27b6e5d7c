"""Reads bench/results/{load,rest,fanout}.json and config/hardware_targets.toml, and writes bench/results/sizing.

python -m bench.sizing [--load NAME] [--rest NAME] [--fanout NAME]
"""

import argparse
import json
import tomllib
from pathlib import Path

from bench.results import FOLDER, write
from bench.sizing.estimate import (
    Installation,
    connections_per_gib,
    cores_a_user,
    cores_a_user_by_parts,
    line,
    users_held,
)
from bench.sizing.picture import draw

TARGETS = Path(__file__).parents[2] / "config" / "hardware_targets.toml"
COLUMNS = [
    "vCPUs",
    "target, users",
    "users, by the load run",
    "users, by parts",
    "least of them to target",
    "reached",
]


def read(name: str) -> dict | None:
    """A result, where there is one."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def caveats(load: dict, rest: dict | None, fanout: dict | None, share: float) -> list[str]:
    """What a reader must know before believing the table."""
    notes = [
        f"measured: {load['verdict']}, on {load['machine']}, shared by server, database and users",
        "everything beyond that number of users is a straight line from it; the database is not in it",
        f"each user received {load['events received'] / load['seconds'] / load['users'] * 60:.1f} events a minute; "
        "where channels are larger it is more, and the line bends",
    ]
    notes += [
        f"from {result['machine']}, commit {result['commit']}: {name}"
        for name, result in (("load", load), ("rest", rest), ("fanout", fanout))
        if result
    ]
    if fanout:
        notes.append(f"memory: {connections_per_gib(fanout, share):,} connections a GiB")
    return notes


def main() -> None:
    """Computes and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("load", "rest", "fanout"):
        parser.add_argument(f"--{name}", default=name, help=f"the result to take, by the name of its file ({name})")
    given = parser.parse_args()
    load, rest, fanout = read(given.load), read(given.rest), read(given.fanout)
    if load is None or not load.get("server"):
        raise SystemExit("There is no load run in which the server's CPU was measured: run `make load` first.")
    targets = tomllib.loads(TARGETS.read_text())
    share = targets["share"]["cpu"]
    whole = cores_a_user(load)
    parts = cores_a_user_by_parts(load, rest, fanout) if rest and fanout else 0.0
    installations = [Installation(target["users"], target["vcpus"]) for target in targets["installation"]]
    estimates = [[users_held(one.vcpus, cores, share) for cores in (whole, parts)] for one in installations]
    shown = Installation(load["users"] if load["supported"] else 0, load["server"]["cores"])
    rows = [line(one, users, shown) for one, users in zip(installations, estimates, strict=True)]
    by_load, by_parts = ([users[which] for users in estimates] for which in (0, 1))
    lines = {"target": [one.users for one in installations], "by the load run": by_load, "by parts": by_parts}
    notes = caveats(load, rest, fanout, targets["share"]["memory"])
    cost = {"whole": round(whole * 1e6), "parts": round(parts * 1e6)}
    write("sizing", COLUMNS, rows, notes=notes, microseconds_of_cpu_per_user_and_second=cost)
    (FOLDER / "sizing.svg").write_text(draw([one.vcpus for one in installations], lines))
    with (FOLDER / "sizing.md").open("a") as file:
        file.write("\n![active users by vCPUs](sizing.svg)\n\n" + "\n".join(f"- {note}" for note in notes) + "\n")
    print("\n".join(notes))


if __name__ == "__main__":
    main()
