"""Moving everything: what an export takes, and whether what is imported from it exports the same."""
