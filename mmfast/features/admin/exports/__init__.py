"""Exports in bulk: the archive, the job that makes it, and the routes by which archives are listed and fetched.

An archive is a zip with `import.jsonl`, one object a line in the reference's bulk loading format, and below `data` the
files that lines name. It is made as a stream: only the posts of one batch and the names of the files are in memory.

What the lines say is made by `export_places`, `export_people` and `export_posts`. Passwords are not exported.
"""
