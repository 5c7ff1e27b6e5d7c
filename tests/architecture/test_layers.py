"""Imports go down: a part knows what it stands on, never what stands on it."""

from tests.architecture.source_tree import Source, sources

LAYERS = (
    ("mmfast.core",),
    ("mmfast.hot", "mmfast.wire"),
    ("mmfast.db", "mmfast.platform", "mmfast.net"),
    ("mmfast.realtime",),
    ("mmfast.api",),
    ("mmfast.features.identity",),
    ("mmfast.features.spaces",),
    ("mmfast.features.messages",),
    ("mmfast.features.delivery",),
    ("mmfast.features.integrations",),
    ("mmfast.features.admin",),
    ("mmfast.web",),
    ("mmfast.server",),
    ("mmfast.cli", "mmfast.__main__"),
)
"""From the ground up. Parts of one layer may know each other."""

KNOWN_UPWARD = {
    "mmfast.api.dispatch": ("mmfast.features.identity.sessions.types",),
    "mmfast.realtime.actions": ("mmfast.api.context",),
    "mmfast.realtime.connection": ("mmfast.api.context", "mmfast.api.errors", "mmfast.features.identity"),
    "mmfast.realtime.operations": ("mmfast.api",),
}
"""Upward imports that stand, by module: a context carries a session, a WebSocket begins as a request, and what clients
ask over it is answered in a context like any other. This list only shrinks."""

KNOWN_INPUT_OUTPUT = {"mmfast/hot/fanout.py": "the batch send, which is all of a hot path"}

PURE = ("mmfast.core", "mmfast.hot", "mmfast.wire")
INPUT_OUTPUT = ("trio", "socket", "asyncpg", "httpcore2", "httpx2", "asyncio", "mmfast.db", "mmfast.net")


def layer_of(module: str) -> int | None:
    for height, names in enumerate(LAYERS):
        if any(module == name or module.startswith(name + ".") for name in names):
            return height
    return None


def is_known(source: Source, imported: str) -> bool:
    return any(
        (source.module == part or source.module.startswith(part + ".")) and imported.startswith(allowed)
        for part, allowed in KNOWN_UPWARD.items()
    )


def test_every_module_has_a_layer():
    homeless = [s.path for s in sources("mmfast") if layer_of(s.module) is None]
    assert homeless == ["mmfast/__init__.py", "mmfast/features/__init__.py"]


def test_imports_go_down():
    upward = []
    for source in sources("mmfast"):
        own = layer_of(source.module)
        for imported, line, for_types in source.imports():
            other = layer_of(imported)
            if own is None or other is None or other <= own or for_types or is_known(source, imported):
                continue
            upward.append(f"{source.path}:{line} imports {imported}")
    assert upward == []


def test_protocols_and_core_do_no_input_or_output():
    found = [
        f"{source.path}:{line} imports {imported}"
        for source in sources("mmfast")
        if source.module.startswith(PURE) and source.path not in KNOWN_INPUT_OUTPUT
        for imported, line, for_types in source.imports()
        if not for_types and any(imported == name or imported.startswith(name + ".") for name in INPUT_OUTPUT)
    ]
    assert found == []


def test_only_the_guarded_client_calls_out_by_http():
    clients = ("httpcore", "httpcore2", "httpx", "httpx2", "requests", "urllib.request", "http.client", "aiohttp")
    found = {
        source.path
        for source in sources("mmfast")
        for imported, _, _ in source.imports()
        if any(imported == name or imported.startswith(name + ".") for name in clients)
    }
    assert found == {"mmfast/platform/outgoing.py"}


def test_only_the_chooser_knows_the_extension():
    found = [
        source.path
        for source in sources("mmfast")
        if not source.module.startswith("mmfast.hot")
        for imported, _, _ in source.imports()
        if imported.startswith("mmfast_ext")
    ]
    assert found == []


def test_nothing_of_the_server_imports_tests_or_benches():
    found = [
        source.path
        for source in sources("mmfast")
        for imported, _, _ in source.imports()
        if imported.split(".")[0] in ("tests", "bench", "pytest", "hypothesis")
    ]
    assert found == []
