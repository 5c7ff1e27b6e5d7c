"""Server CPU per REST request, beside its budget and what the reference server needs for the same request."""
