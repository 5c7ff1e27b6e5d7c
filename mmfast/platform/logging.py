"""Structured logs as LogSettings asks for them, on the standard library's logging.

    console  plain lines or one JSON object a line, to stderr
    file     the same, to <FileLocation>/mattermost.log, put aside when it is full (`log_files`)
    targets  what AdvancedLoggingJSON names, each with levels of its own (`log_targets`)

Every record carries the request id of the work at hand, if there is one, and passed fields (`extra={...}`). Values
whose names say that they are secret are never written, and neither are passwords inside addresses. Not here: audit
records (`audit_log`).
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from mmfast.platform.config.model import Config
from mmfast.platform.config.server_sections import LogSettings
from mmfast.platform.log_files import LogFile
from mmfast.platform.log_targets import TargetConsole, TargetFile, make_targets

FILE_NAME: Final = "mattermost.log"
_FILE_BYTES: Final = 100 * 1024 * 1024
_FILES_KEPT: Final = 5

LEVELS: Final = {
    "TRACE": logging.DEBUG,
    "DEBUG": logging.DEBUG,
    "INFO": logging.INFO,
    "WARN": logging.WARNING,
    "ERROR": logging.ERROR,
    "CRITICAL": logging.CRITICAL,
    "PANIC": logging.CRITICAL,
    "FATAL": logging.CRITICAL,
}
"""The configuration's names of levels; an unknown one counts as INFO."""

TARGET_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
    "fatal": logging.CRITICAL,
    "panic": logging.CRITICAL,
}
"""The names of levels in AdvancedLoggingJSON; what is finer than debug is not told here."""

_NAMES: Final = {
    logging.DEBUG: "debug",
    logging.INFO: "info",
    logging.WARNING: "warn",
    logging.ERROR: "error",
    logging.CRITICAL: "critical",
}

_SECRET_NAME: Final = re.compile(r"password|passwd|secret|token|authorization|cookie|api_?key|salt|dsn", re.IGNORECASE)
_SECRET_TEXT: Final = (
    (re.compile(r"(\w+://[^\s:/@]+):[^\s@/]+@"), r"\1:***@"),
    (re.compile(r"\b(Bearer|Basic|Token)\s+[\w+/=.-]{8,}", re.IGNORECASE), r"\1 ***"),
    (re.compile(r"(password|passwd|secret|token)(['\"]?\s*[=:]\s*['\"]?)[^\s'\",&]+", re.IGNORECASE), r"\1\2***"),
)
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request_id", "taskName"}

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that a task works on; tasks begun by it inherit it."""


def configure(config: Config, data_dir: Path) -> None:
    """Puts the log settings in force for the whole process; may be called again when they change."""
    settings = config.LogSettings
    handlers = list(_handlers(settings, data_dir))
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _OURS)]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(min((handler.level for handler in handlers), default=logging.CRITICAL + 1))
    # Libraries that tell every byte at DEBUG; nobody who debugs a server wants these.
    for noisy in ("httpcore2", "hpack", "PIL", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.INFO)


def follow(old: Config, new: Config, data_dir: Path) -> None:
    """The configuration's listener: applies changed log settings."""
    if old.LogSettings != new.LogSettings:
        configure(new, data_dir)


def log_file(settings: LogSettings, data_dir: Path) -> Path:
    """Where the log file lies: FileLocation, or `logs` in the data folder."""
    return (Path(settings.FileLocation) if settings.FileLocation else data_dir / "logs") / FILE_NAME


def find_log_file() -> Path | None:
    """The file that this process writes its log to; None if it writes none."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _File):
            return Path(handler.baseFilename)
    return None


def without_secrets(text: str) -> str:
    """The text with passwords in addresses, tokens in headers and the like blotted out."""
    for pattern, replacement in _SECRET_TEXT:
        text = pattern.sub(replacement, text)
    return text


class _Console(logging.StreamHandler[Any]):
    """The process's stderr."""


class _File(LogFile):
    """The log file."""


_OURS: Final = (_Console, _File, TargetConsole, TargetFile)


def _handlers(settings: LogSettings, data_dir: Path) -> Iterator[logging.Handler]:
    if settings.EnableConsole:
        console = _Console(sys.stderr)
        console.setLevel(_level(settings.ConsoleLevel))
        console.setFormatter(_formatter(settings.ConsoleJson, settings))
        yield console
    if settings.EnableFile:
        path = log_file(settings, data_dir)
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _File(path, max_bytes=_FILE_BYTES, kept=_FILES_KEPT)
        file.setLevel(_level(settings.FileLevel))
        file.setFormatter(_formatter(settings.FileJson, settings))
        yield file
    yield from make_targets(
        settings.AdvancedLoggingJSON, data_dir, TARGET_LEVELS, lambda as_json: _formatter(as_json, settings)
    )


def _level(name: str) -> int:
    return LEVELS.get(name.upper(), logging.INFO)


def _formatter(as_json: bool, settings: LogSettings) -> logging.Formatter:
    return JSONFormatter(settings.MaxFieldSize) if as_json else PlainFormatter(settings.MaxFieldSize)


class _Formatter(logging.Formatter):
    """What both forms have in common: the fields of a record, cleaned and cut."""

    def __init__(self, max_field: int) -> None:
        super().__init__()
        self._max_field = max_field

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Level, time, message, caller, request id, passed fields and the traceback, in this order."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        fields: dict[str, Any] = {
            "timestamp": moment.replace("+00:00", " Z"),
            "level": _NAMES.get(record.levelno, record.levelname.lower()),
            "msg": self._cut(without_secrets(record.getMessage())),
            "caller": f"{record.name}:{record.lineno}",
        }
        if request_id := REQUEST_ID.get():
            fields["request_id"] = request_id
        for name, value in vars(record).items():
            if name not in _STANDARD:
                fields[name] = "***" if _SECRET_NAME.search(name) else self._value(value)
        if record.exc_info:
            fields["error"] = without_secrets(self.formatException(record.exc_info))
        return fields

    def _value(self, value: Any) -> Any:
        return value if isinstance(value, bool | int | float | None) else self._cut(without_secrets(str(value)))

    def _cut(self, text: str) -> str:
        return text if len(text) <= self._max_field or self._max_field <= 0 else text[: self._max_field] + "..."


class JSONFormatter(_Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.fields(record), ensure_ascii=False, default=str)


class PlainFormatter(_Formatter):
    """A line for people, with the passed fields behind the message."""

    def format(self, record: logging.LogRecord) -> str:
        fields = self.fields(record)
        head = f"{fields.pop('timestamp')} {fields.pop('level'):<8} {fields.pop('msg')}"
        error = fields.pop("error", None)
        rest = " ".join(f"{name}={json.dumps(value, default=str)}" for name, value in fields.items())
        return f"{head}  {rest}" + (f"\n{error}" if error else "")
