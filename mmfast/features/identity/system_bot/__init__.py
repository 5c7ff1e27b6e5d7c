"""The account in whose name the server itself writes to people. Not here: what it writes."""
