"""The OpenAPI 3.1 document of the declared operations, derived from their declarations.

For tools (fuzzing, client generation, documentation). It says what the server reads and demands; the shapes of answers
are the reference document's business.
"""

from typing import Any

import msgspec

from mmfast import REFERENCE_VERSION
from mmfast.api.binding import DEFAULT_PATTERN, PATTERNS, Bound, bind
from mmfast.api.operation import Auth, Operation


def document(operations: list[Operation]) -> dict[str, Any]:
    """The document of `operations`, paths absolute."""
    bounds = [bind(operation) for operation in operations]
    kinds = [b.body_kind for b in bounds if b.has_body and b.body_kind is not bytes]
    # All at once: structs of the same name get longer names, which only this call knows.
    shapes, components = msgspec.json.schema_components([*kinds], ref_template="#/components/schemas/{name}")
    bodies = dict(zip(map(str, kinds), shapes, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for bound in sorted(bounds, key=lambda b: (b.operation.path, b.operation.method)):
        paths.setdefault(bound.operation.path, {})[bound.operation.method.lower()] = _entry(bound, bodies)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mmfast", "version": REFERENCE_VERSION},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _entry(bound: Bound, bodies: dict[str, dict[str, Any]]) -> dict[str, Any]:
    operation = bound.operation
    entry: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.handler.__module__.split(".")[-2]],
        "summary": (operation.handler.__doc__ or "").strip().partition("\n")[0],
        "parameters": [_path_parameter(name) for name in operation.parameters] + _query_parameters(bound),
        "responses": {"default": {"description": "The reference's answer or its error JSON"}},
        "security": [] if operation.auth is Auth.OPTIONAL else [{"bearer": []}],
    }
    if bound.has_body:
        binary = bound.body_kind is bytes
        content = "application/octet-stream" if binary else "application/json"
        schema = {} if binary else bodies[str(bound.body_kind)]
        entry["requestBody"] = {"required": True, "content": {content: {"schema": schema}}}
    return entry


def _path_parameter(name: str) -> dict[str, Any]:
    pattern = PATTERNS.get(name, DEFAULT_PATTERN)
    schema: dict[str, Any] = {"type": "string", "pattern": f"^{pattern}$"}
    if name.endswith("_id"):
        schema |= {"minLength": 26, "maxLength": 26}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameters(bound: Bound) -> list[dict[str, Any]]:
    if bound.query_kind is None:
        return []
    return [
        {"name": field.encode_name, "in": "query", "required": False, "schema": _schema(field.type)}
        for field in msgspec.structs.fields(bound.query_kind)
    ]


def _schema(kind: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template="#/components/schemas/{name}")
    return schema
