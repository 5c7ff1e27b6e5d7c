"""Hashes, compares and judges passwords.

Written is PBKDF2-SHA-256 in the PHC form that the reference writes; that and the older bcrypt are read. One comparison
takes a tenth of a second of CPU, so `hash_in_thread` and `verify_in_thread` run it in worker threads, as many at once
as there are spare cores, at a lower priority: a storm of logins queues instead of starving the event loop.
"""

import base64
import binascii
import hashlib
import hmac
import os
import string
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

import bcrypt
import trio

from mmfast.features.identity.passwords import errors

if TYPE_CHECKING:
    from mmfast.platform.config.people_sections import PasswordSettings

_P = ParamSpec("_P")
_T = TypeVar("_T")

ROUNDS = 600_000
"""PBKDF2 rounds of new hashes: OWASP's figure for SHA-256, and what the reference writes. Tests lower it."""

MAX_BYTES: Final = 72
"""bcrypt's limit, kept for PBKDF2: the reference refuses longer ones, and either server must serve either's users."""

_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_SYMBOLS: Final = frozenset(string.punctuation + " ")
_AT_ONCE: Final = max(1, (os.cpu_count() or 1) - 1)
_NICENESS: Final = 5
_LIMITER: Final = trio.CapacityLimiter(_AT_ONCE)


def _step_back() -> None:
    """Lowers this thread's priority below the event loop's and the database's; on Linux that is a thread's own."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


_THREADS: Final = ThreadPoolExecutor(_AT_ONCE, "hashing", _step_back)
"""Threads of its own: Trio's are used again for other work, and a priority once lowered cannot be raised again."""


def hash_password(text: str) -> str:
    """The hash to store for `text`, with a fresh salt. Blocks for about a tenth of a second."""
    salt = os.urandom(_SALT_BYTES)
    key = hashlib.pbkdf2_hmac("sha256", text.encode(), salt, ROUNDS, _KEY_BYTES)
    return f"$pbkdf2$f=SHA256,w={ROUNDS},l={_KEY_BYTES}${_encode(salt)}${_encode(key)}"


def verify_password(text: str, stored: str) -> bool:
    """Whether `text` is the password of the hash `stored`; False for a hash of no known form. Blocks."""
    if not stored or len(text.encode()) > MAX_BYTES:
        return False
    if stored.startswith("$2"):
        try:
            return bcrypt.checkpw(text.encode(), stored.encode())
        except ValueError:
            return False
    parsed = _parse(stored)
    if parsed is None:
        return False
    rounds, salt, key = parsed
    return hmac.compare_digest(hashlib.pbkdf2_hmac("sha256", text.encode(), salt, rounds, len(key)), key)


def needs_rehash(stored: str) -> bool:
    """Whether the hash is of an older form or strength and is to be replaced at the next login."""
    parsed = _parse(stored)
    return parsed is None or parsed[0] != ROUNDS or len(parsed[2]) != _KEY_BYTES


async def hash_in_thread(text: str) -> str:
    """`hash_password` without blocking the event loop."""
    return await _run_in_thread(hash_password, text)


async def verify_in_thread(text: str, stored: str) -> bool:
    """`verify_password` without blocking the event loop."""
    return await _run_in_thread(verify_password, text, stored)


async def _run_in_thread(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Waits for one of our threads in one of Trio's, which is there for that alone."""
    return await trio.to_thread.run_sync(lambda: _THREADS.submit(work, *args, **kwargs).result(), limiter=_LIMITER)


def require_strength(settings: "PasswordSettings", text: str) -> None:
    """Refuses a new password that the policy does not allow."""
    if len(text) < settings.MinimumLength:
        raise errors.TOO_SHORT(minimum=settings.MinimumLength)
    if len(text.encode()) > MAX_BYTES:
        raise errors.TOO_LONG()
    demanded = (
        ("lowercase", settings.Lowercase, str.islower),
        ("uppercase", settings.Uppercase, str.isupper),
        ("number", settings.Number, str.isdigit),
        ("symbol", settings.Symbol, _SYMBOLS.__contains__),
    )
    missing = tuple(name for name, on, test in demanded if on and not any(map(test, text)))
    if missing:
        raise errors.WEAK[missing](minimum=settings.MinimumLength)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def _parse(stored: str) -> tuple[int, bytes, bytes] | None:
    """Rounds, salt and key of a PBKDF2 hash; None if `stored` is not one."""
    parts = stored.split("$")
    if len(parts) != 5 or parts[1] != "pbkdf2":
        return None
    options = dict(item.partition("=")[::2] for item in parts[2].split(","))
    if options.get("f") != "SHA256" or not options.get("w", "").isdigit():
        return None
    try:
        return int(options["w"]), _decode(parts[3]), _decode(parts[4])
    except (binascii.Error, ValueError):
        return None
