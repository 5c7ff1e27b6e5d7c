"""Files, functions and folders keep to the sizes and shapes by which the tree stays readable."""

import ast
import re

import pytest

from tests.architecture.source_tree import GENERATED, ROOT, sources

FEATURE_FILES = {
    "__init__.py",
    "types.py",
    "errors.py",
    "guards.py",
    "operations.py",
    "service.py",
    "store.py",
    "events.py",
    "jobs.py",
}

KNOWN_OTHER_FILES = {
    "mmfast/features/identity/roles/catalogue.py": "303 permissions, one table",
}
"""Files of features beyond the common ones, with the reason. This list only shrinks."""

MAX_LINES = 600
MAX_FUNCTION_LINES = 60
MAX_PARAMETERS = 7
MAX_METHODS = 20

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "base", "manager"}


def feature_folders():
    return sorted(path for path in (ROOT / "mmfast" / "features").glob("*/*") if (path / "__init__.py").exists())


@pytest.mark.parametrize("folder", feature_folders(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_feature_has_the_usual_files_only(folder):
    others = {
        path.relative_to(ROOT).as_posix()
        for path in folder.iterdir()
        if path.name not in FEATURE_FILES and path.name != "__pycache__" and path.suffix in (".py", "")
    }
    assert others <= KNOWN_OTHER_FILES.keys()


def test_the_list_of_other_files_holds_nothing_that_is_gone():
    assert [path for path in KNOWN_OTHER_FILES if not (ROOT / path).exists()] == []


def test_areas_hold_features_only():
    loose = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "mmfast" / "features").glob("*/*.py")
        if path.name != "__init__.py"
    ]
    assert loose == []


def test_guards_stand_in_files_of_their_own():
    astray = [
        f"{source.path}:{function.lineno} {function.name}"
        for source in sources("mmfast")
        if source.path.endswith("/operations.py")
        for function in source.functions()
        if function.name.startswith(("may_", "require_"))
    ]
    assert astray == []


def test_files_are_short():
    long = {
        source.path: lines
        for source in sources()
        if source.path not in GENERATED and (lines := source.text.count("\n")) > MAX_LINES
    }
    assert long == {}


def test_functions_are_short():
    long = [
        f"{source.path}:{function.lineno} {function.name}: {length} lines"
        for source in sources()
        if source.path not in GENERATED
        for function in source.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_functions_take_few_parameters():
    many = [
        f"{source.path}:{function.lineno} {function.name}"
        for source in sources("mmfast")
        for function in source.functions()
        if _parameters(function) > MAX_PARAMETERS
    ]
    assert many == []


def test_classes_offer_few_methods():
    large = [
        f"{source.path}:{node.lineno} {node.name}"
        for source in sources("mmfast")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and len([item for item in node.body if _is_offered(item)]) > MAX_METHODS
    ]
    assert large == []


def test_every_module_says_what_it_is_for():
    silent = [source.path for source in sources() if source.text.strip() and not ast.get_docstring(source.tree)]
    assert silent == []


def test_no_file_has_a_vague_name():
    vague = [source.path for source in sources() if VAGUE_NAMES & set(source.module.split("."))]
    assert vague == []


def test_nothing_is_left_for_later():
    found = [
        f"{source.path}:{number}"
        for source in sources("mmfast")
        for number, line in enumerate(source.text.splitlines(), 1)
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError", line)
    ]
    assert found == []


def test_everything_is_caught_at_few_places():
    found = [
        source.path
        for source in sources("mmfast")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
    ]
    assert [path for path in found if not path.startswith(("mmfast/api/", "mmfast/net/"))] == []


def test_no_path_of_one_machine_is_in_the_tree():
    pattern = re.compile(r"/(home|Users|root|work)/\w")
    found = [
        f"{path.relative_to(ROOT)}"
        for folder in ("mmfast", "mmfast_ext", "bench", "tests", "config", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".pyx", ".pxd", ".json", ".toml", ".conf", ".yml", ".md", "")
        and path.is_file()
        and "node_modules" not in path.parts
        and path.name != "test_shape.py"
        and pattern.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def _is_offered(item: ast.stmt) -> bool:
    return isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and not item.name.startswith("_")


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    arguments = function.args
    names = [item.arg for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])
