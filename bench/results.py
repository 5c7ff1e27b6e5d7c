"""What every bench result carries, and how results are written: JSON for programs, a table and a picture for people."""

import json
import os
import platform
import subprocess
from pathlib import Path

from bench.bars import draw
from mmfast.hot import IMPL

Bars = tuple[str, list[tuple[str, float]]]

FOLDER = Path(__file__).parent / "results"


def circumstances() -> dict:
    """Machine, implementation and commit."""
    model = "unknown"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = next((x.split(":")[1].strip() for x in cpuinfo.read_text().splitlines() if "model name" in x), model)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return {
        "machine": f"{model}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "implementation": IMPL,
        "commit": commit.stdout.strip() or "unknown",
    }


def table(columns: list[str], rows: list[list]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def write(name: str, columns: list[str], rows: list[list], *, bars: Bars | None = None, **more) -> None:
    """Prints the result and keeps it as bench/results/NAME.json and NAME.md.

    With `bars`, what they show and a value by label, there is a picture too, NAME.svg.
    """
    about = circumstances()
    text = table(columns, rows)
    line = ", ".join(f"{key}: {value}" for key, value in about.items())
    print(f"\n{name}\n{line}\n\n{text}\n")
    FOLDER.mkdir(exist_ok=True)
    shown = ""
    if bars is not None:
        (FOLDER / f"{name}.svg").write_text(draw(f"{name}: {bars[0]}", line, bars[1]))
        shown = f"\n![{name}]({name}.svg)\n"
    record = {**about, **more, "columns": columns, "rows": rows}
    (FOLDER / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n")
    (FOLDER / f"{name}.md").write_text(f"# {name}\n\n{line}\n\n{text}\n{shown}")
