"""Files: what is known of each, and their belonging to posts. Not the bytes (`platform.filestore`)."""
