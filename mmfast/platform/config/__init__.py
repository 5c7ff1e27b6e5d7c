"""The configuration: typed model, validation, access rules and the store that keeps it."""
