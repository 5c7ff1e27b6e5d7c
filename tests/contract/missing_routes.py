"""Routes of the reference that are not built yet, by method and shape. This list only shrinks."""

MISSING: tuple[str, ...] = ("POST /api/v4/teams/{}/import",)
