"""Routes of the reference that are not built yet, by method and shape. This list only shrinks."""

MISSING: tuple[str, ...] = (
    "DELETE /api/v4/imports/{}",
    "GET /api/v4/imports",
    "POST /api/v4/teams/{}/import",
)
