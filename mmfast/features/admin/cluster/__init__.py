"""The nodes of an installation. One machine alone is no cluster, and lists none; several machines come later."""
