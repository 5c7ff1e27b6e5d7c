"""What two exports have in common: lines without what differs between servers, which is ids and the time of making.

A file is named by a path that holds ids; it is compared by its name and content.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

LINES = "import.jsonl"


def said(file: Path) -> Counter[str]:
    """Every line of an archive, in one spelling, with how often it is there."""
    with ZipFile(file) as archive:
        sums = {info.filename: info.CRC for info in archive.infolist()}
        with archive.open(LINES) as lines:
            return Counter(json.dumps(_spelt(json.loads(line), sums), sort_keys=True) for line in lines)


def differences(one: Path, other: Path) -> Iterator[str]:
    """The lines that only one of the archives has, each marked by < or >."""
    first, second = said(one), said(other)
    yield from (f"< {line}" for line in sorted((first - second).elements()))
    yield from (f"> {line}" for line in sorted((second - first).elements()))


def _spelt(value: Any, sums: dict[str, int], key: str = "") -> Any:
    if isinstance(value, dict):
        if value.get("type") == "version":
            return {"type": "version", "version": value["version"]}
        return {name: _spelt(item, sums, name) for name, item in value.items()}
    if isinstance(value, list):
        items = [_spelt(item, sums) for item in value]
        return items if key in ("replies", "attachments") else sorted(items, key=lambda item: json.dumps(item))
    if key in ("path", "image", "profile_image"):
        return f"{PurePosixPath(value).name} {sums.get('data/' + value)}"
    return value
