"""The database as administrators see it: its schema's history, and opening its connections anew."""
