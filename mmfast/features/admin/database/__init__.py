"""The database as administrators see it: its schema's history, opening its connections anew, orphaned rows."""
