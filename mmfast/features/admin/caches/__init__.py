"""Making every worker forget what it keeps in memory, for administrators who changed the database by hand."""
