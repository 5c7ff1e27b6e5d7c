"""Links to files that work without a session, where the administrator allows them."""
