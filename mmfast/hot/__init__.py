"""The hot paths, and the one choice between their two implementations.

The modules of this package are complete pure-Python implementations and are the specification; `mmfast_ext` has the
same names in Cython. Everybody else imports the names from here:

    from mmfast.hot import deliver, quote_json

The environment variable MMFAST_IMPL chooses: `c` the extension, `python` the twins. Unset, the extension is taken if
it is built. Named and missing, the import fails: there is no silent change from fast to slow.
"""

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from mmfast.core.startup import StartupError
from mmfast.hot import fanout, frames, heads, jsonenc
from mmfast.hot.fanout import BLOCKED, BROKEN, DIRECT, ID, IDLE, PARKED, RING, UNTOUCHED, Lines, fill, text_frame

MODULES = ("fanout", "frames", "heads", "jsonenc")
"""What both packages have."""


class ImplementationMissing(StartupError, ImportError):
    """MMFAST_IMPL names an implementation that is not there."""


def _is_built() -> bool:
    if find_spec("mmfast_ext") is None:
        return False
    for module in MODULES:
        spec = find_spec(f"mmfast_ext.{module}")
        if spec is None or spec.origin is None:
            return False
        built, source = Path(spec.origin), Path(spec.origin).with_name(f"{module}.pyx")
        if source.exists() and source.stat().st_mtime > built.stat().st_mtime:
            # An extension that takes our arrays for those of another version writes where it must not.
            raise ImplementationMissing(f"the extension mmfast_ext.{module} is older than its source: run make build")
    return True


def _choose() -> str:
    wanted = os.environ.get("MMFAST_IMPL", "")
    built = wanted != "python" and _is_built()
    if wanted not in ("", "c", "python"):
        raise ImplementationMissing(f"MMFAST_IMPL is {wanted!r}; it may be 'c' or 'python'")
    if wanted == "c" and not built:
        raise ImplementationMissing("MMFAST_IMPL is 'c', but the extension mmfast_ext is not built")
    return wanted or ("c" if built else "python")


IMPL = _choose()
"""`c` or `python`: printed at the start, in the tests' header and with every bench result."""

if IMPL == "c":
    fanout = import_module("mmfast_ext.fanout")
    frames = import_module("mmfast_ext.frames")
    heads = import_module("mmfast_ext.heads")
    jsonenc = import_module("mmfast_ext.jsonenc")

deliver = fanout.deliver
in_view = fanout.in_view
of_admins = fanout.of_admins
send_frame = fanout.send_frame
without = fanout.without
build_frame = frames.build_frame
parse_header = frames.parse_header
unmask = frames.unmask
read_head = heads.read_head
write_head = heads.write_head
quote_json = jsonenc.quote_json
envelope = jsonenc.envelope

__all__ = [
    "BLOCKED",
    "BROKEN",
    "DIRECT",
    "ID",
    "IDLE",
    "IMPL",
    "MODULES",
    "PARKED",
    "RING",
    "UNTOUCHED",
    "ImplementationMissing",
    "Lines",
    "build_frame",
    "deliver",
    "envelope",
    "fill",
    "in_view",
    "of_admins",
    "parse_header",
    "quote_json",
    "read_head",
    "send_frame",
    "text_frame",
    "unmask",
    "without",
    "write_head",
]
