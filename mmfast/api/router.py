"""Finds the operation of a method and path.

A tree of path segments: fixed segments go before parameters, and the few parameters that may hold a slash (`.+`) are
tried last as whole patterns. Not concerned with what an operation does, nor with pages outside the declared routes.
"""

import importlib
import pkgutil
import re
from typing import Final

from mmfast.api.binding import DEFAULT_PATTERN, PATTERNS, Bound, bind
from mmfast.api.operation import OPERATIONS, Operation

Match = tuple[Bound, dict[str, str]]


class _Node:
    __slots__ = ("fixed", "parameters", "bound")

    def __init__(self) -> None:
        self.fixed: dict[str, _Node] = {}
        self.parameters: list[tuple[re.Pattern[str], _Node]] = []
        self.bound: dict[str, tuple[Bound, tuple[str, ...]]] = {}


class Router:
    """The routes of a set of operations."""

    def __init__(self, operations: list[Operation]) -> None:
        self._root = _Node()
        self._whole: list[tuple[str, re.Pattern[str], Bound]] = []
        for operation in operations:
            self._add(bind(operation))

    def _add(self, bound: Bound) -> None:
        operation = bound.operation
        if any(PATTERNS.get(name, DEFAULT_PATTERN).startswith(".+") for name in operation.parameters):
            pattern = re.sub(r"\\?\{(\w+)\\?\}", lambda m: f"(?P<{m[1]}>{_pattern(m[1])})", re.escape(operation.path))
            self._whole.append((operation.method, re.compile(pattern), bound))
            return
        node = self._root
        for segment in operation.path.split("/")[1:]:
            node = self._child(node, segment)
        if operation.method in node.bound:
            raise ValueError(f"two operations at {operation.method} {operation.path}")
        node.bound[operation.method] = (bound, operation.parameters)
        if operation.trailing_slash:
            self._child(node, "").bound[operation.method] = (bound, operation.parameters)

    def _child(self, node: _Node, segment: str) -> _Node:
        if not segment.startswith("{"):
            return node.fixed.setdefault(segment, _Node())
        pattern = re.compile(_pattern(segment[1:-1]))
        for known, child in node.parameters:
            if known.pattern == pattern.pattern:
                return child
        child = _Node()
        node.parameters.append((pattern, child))
        return child

    def find(self, method: str, path: str) -> Match | None:
        """The operation at `method path` with its path parameters, or None."""
        segments = path.split("/")
        found = self._walk(self._root, segments, 1, method, [])
        if found is not None:
            (bound, names), values = found
            return bound, dict(zip(names, values, strict=True))
        for whole_method, pattern, bound in self._whole:
            if whole_method == method and (m := pattern.fullmatch(path)) is not None:
                return bound, m.groupdict()
        return None

    def _walk(
        self, node: _Node, segments: list[str], at: int, method: str, values: list[str]
    ) -> tuple[tuple[Bound, tuple[str, ...]], list[str]] | None:
        while True:
            if at == len(segments):
                bound = node.bound.get(method)
                return None if bound is None else (bound, values)
            segment = segments[at]
            child = node.fixed.get(segment)
            if not node.parameters:
                if child is None:
                    return None
                node, at = child, at + 1
                continue
            if child is not None and (found := self._walk(child, segments, at + 1, method, values)) is not None:
                return found
            for pattern, below in node.parameters:
                if pattern.fullmatch(segment) is not None:
                    found = self._walk(below, segments, at + 1, method, [*values, segment])
                    if found is not None:
                        return found
            return None


def _pattern(name: str) -> str:
    return PATTERNS.get(name, DEFAULT_PATTERN)


PACKAGES: Final = ("mmfast.features", "mmfast.realtime", "mmfast.web")


def load_operations() -> dict[str, Operation]:
    """Imports every `operations` module (and with it its service and hooks); gives the catalogue of operations."""
    for name in PACKAGES:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        for module in pkgutil.walk_packages(package.__path__, name + "."):
            if module.name.rpartition(".")[2] in ("jobs", "operations", "service"):
                importlib.import_module(module.name)
    return OPERATIONS
