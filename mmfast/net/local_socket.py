"""Binds a Unix socket at a path, for the owner of the process alone.

A socket file that a killed server left behind is taken away; the socket of a server that lives is not, and nothing that
is no socket is ever removed. Who listens on it, and what callers may do, is decided elsewhere.
"""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mmfast.core.startup import StartupError

BACKLOG: Final = 64
"""Callers are an administrator's commands: few, and soon served."""

_OTHERS: Final = 0o177
"""What the file's mode leaves out from its first moment: everything but reading and writing by the owner."""


@contextmanager
def local_socket(path: Path) -> Iterator[socket.socket]:
    """Listens at `path` for the block; the file goes with it. Raises StartupError if the path cannot be had."""
    _clear_stale(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with sock:
        sock.setblocking(False)
        before = os.umask(_OTHERS)  # a mode set after bind would come too late for who connects in between
        try:
            sock.bind(str(path))
        except OSError as error:
            raise StartupError(f"the local socket {path} cannot be made: {error.strerror or error}") from error
        finally:
            os.umask(before)
        sock.listen(BACKLOG)
        ours = path.lstat()
        try:
            yield sock
        finally:
            _remove(path, ours)


def _clear_stale(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StartupError(f"the local socket {path} cannot be made: {error.strerror}") from error
    if not stat.S_ISSOCK(found.st_mode):
        raise StartupError(f"the local socket cannot be made: {path} is something else, and is left alone")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            _remove(path, found)
            return
        except OSError as error:
            raise StartupError(f"the local socket {path} is not ours to replace: {error}") from error
    raise StartupError(f"the local socket {path} is another server's, which runs")


def _remove(path: Path, ours: os.stat_result) -> None:
    """Removes the file unless another one has taken its place."""
    try:
        if os.path.samestat(path.lstat(), ours):
            path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StartupError(f"the local socket {path} cannot be removed: {error.strerror}") from error
