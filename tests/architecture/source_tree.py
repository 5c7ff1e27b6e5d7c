"""The tree's Python files, read once for all checks."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

FOLDERS = ("mmfast", "mmfast_ext", "bench", "tests")

GENERATED: frozenset[str] = frozenset()
"""Files that a program writes, exempt from sizes; each must say so in its docstring."""


class Source(NamedTuple):
    """One file."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """The dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def imports(self) -> Iterator[tuple[str, int, bool]]:
        """Imported modules with line, and whether the import is for the type checker only."""
        for_types = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                for_types |= {id(inner) for inner in ast.walk(node)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield name.name, node.lineno, id(node) in for_types
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    yield f"{node.module}.{name.name}", node.lineno, id(node) in for_types

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def sources(folder: str = "") -> tuple[Source, ...]:
    """The files of one folder of the tree, or of all."""
    found = []
    for top in (folder,) if folder else FOLDERS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "node_modules" not in path.parts and "__pycache__" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found.append(Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(found)
