"""Further places for log records, as AdvancedLoggingJSON names them: each with its own levels, form and options.

    {"errors": {"type": "file", "format": "json", "levels": [{"id": 2, "name": "error"}],
                "options": {"filename": "errors.log", "max_size": 100, "max_age": 30, "max_backups": 5}},
     "out":    {"type": "console", "format": "plain", "levels": [...], "options": {"out": "stdout"}}}

The value is such an object, or the path of a file that holds one. Levels are those named, not those above one of them.
Targets of other types (tcp, syslog) are not served: a line in the log says so.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from mmfast.platform.log_files import MEGABYTE, LogFile

log = logging.getLogger(__name__)

MakeFormatter = Callable[[bool], logging.Formatter]
"""Gives the formatter of JSON, or of plain text."""


class Named(logging.Filter):
    """Lets records of the named levels through."""

    def __init__(self, numbers: frozenset[int]) -> None:
        super().__init__()
        self._numbers = numbers

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno in self._numbers


class TargetConsole(logging.StreamHandler[Any]):
    """Standard output or standard error."""


class TargetFile(LogFile):
    """A file of its own."""


OUTS: Final = {"stdout": lambda: sys.stdout, "stderr": lambda: sys.stderr}


def make_targets(
    value: Any, base: Path, levels: Mapping[str, int], make_formatter: MakeFormatter
) -> list[logging.Handler]:
    """The handlers that `value` asks for; what cannot be read is told in the log and left out.

    `base` is where relative paths begin; `levels` gives the numbers of levels' names.
    """
    handlers = []
    for name, target in _read(value, base).items():
        try:
            handlers.append(_make(target, base, levels, make_formatter))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.error("the log target %s is left out: %s", name, error)
    return handlers


def _read(value: Any, base: Path) -> dict[str, Any]:
    if isinstance(value, str) and value.strip():
        text = value
        try:
            if not text.lstrip().startswith("{"):
                text = (base / text).read_text("utf-8")
            value = json.loads(text)
        except (OSError, ValueError) as error:
            log.error("AdvancedLoggingJSON cannot be read: %s", error)
            return {}
    return value if isinstance(value, dict) else {}


def _make(
    target: dict[str, Any], base: Path, levels: Mapping[str, int], make_formatter: MakeFormatter
) -> logging.Handler:
    options = target.get("options") or {}
    handler: logging.Handler
    match str(target.get("type", "")).lower():
        case "console":
            handler = TargetConsole(OUTS[options.get("out", "stdout")]())
        case "file":
            path = base / str(options["filename"])
            path.parent.mkdir(parents=True, exist_ok=True)
            handler = TargetFile(
                path,
                max_bytes=int(options.get("max_size", 100)) * MEGABYTE,
                kept=int(options.get("max_backups", 0)),
                max_days=int(options.get("max_age", 0)),
            )
        case kind:
            raise ValueError(f"there is no type {kind!r} here")
    names = [str(level["name"]).lower() for level in target.get("levels") or []]
    numbers = frozenset(levels[name] for name in names if name in levels)
    handler.addFilter(Named(numbers))
    handler.setLevel(min(numbers, default=logging.CRITICAL + 1))
    handler.setFormatter(make_formatter(str(target.get("format", "json")).lower() == "json"))
    return handler
