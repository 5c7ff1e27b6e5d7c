"""Lines of a bulk import: their shapes, and what is wrong with one. Not here: the database, or the file around them."""
