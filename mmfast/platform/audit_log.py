"""The audit log: records of who did what, one JSON object a line, in files that only auditors need to see.

They go where ExperimentalAuditSettings says: `FileName`, and the targets of its AdvancedLoggingJSON. Which deeds are
recorded, and what a record holds, is `features.admin.audit_log`'s.
"""

import logging
from pathlib import Path
from typing import Any, Final

import msgspec

from mmfast.platform.config.server_sections import ExperimentalAuditSettings
from mmfast.platform.log_files import LogFile
from mmfast.platform.log_targets import make_targets

API: Final = 100
CONTENT: Final = 101
PERMISSIONS: Final = 102
CLI: Final = 103

LEVELS: Final = {"audit-api": API, "audit-content": CONTENT, "audit-permissions": PERMISSIONS, "audit-cli": CLI}
"""The names by which targets choose kinds of records."""

IN_THE_FILE: Final = frozenset((API, PERMISSIONS, CLI))
"""What FileName gets: content, every post and reaction, is for targets that ask for it."""

DEFAULT_NAME: Final = "audit.log"
FILE_BYTES: Final = 100 * 1024 * 1024
FILES_KEPT: Final = 50

_MODE: Final = 0o600


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return str(record.msg)


class _Chosen(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno in IN_THE_FILE


class AuditLog:
    """The open targets; without any it takes nothing."""

    def __init__(self) -> None:
        self._handlers: list[logging.Handler] = []

    @property
    def is_on(self) -> bool:
        """Whether anybody wants records."""
        return bool(self._handlers)

    def configure(self, settings: ExperimentalAuditSettings, data_dir: Path) -> None:
        """Puts the settings in force; may be called again."""
        self.close()
        if settings.FileEnabled:
            path = data_dir / "logs" / (settings.FileName or DEFAULT_NAME)  # a full path stands for itself
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(_MODE)
            file = LogFile(path, max_bytes=FILE_BYTES, kept=FILES_KEPT)
            file.addFilter(_Chosen())
            file.setFormatter(_Line())
            self._handlers.append(file)
        targets = make_targets(settings.AdvancedLoggingJSON, data_dir, LEVELS, lambda as_json: _Line())
        self._handlers += targets

    def close(self) -> None:
        """Closes the targets."""
        for handler in self._handlers:
            handler.close()
        self._handlers = []

    def write(self, level: int, record: Any) -> None:
        """Writes a record, at once: what was done must not be lost with the process."""
        text = msgspec.json.encode(record).decode()
        line = logging.LogRecord("audit", level, "", 0, text, None, None)
        for handler in self._handlers:
            handler.handle(line)
