"""What a storm costs those who are connected already. Run with `python -m bench.storms`.

A whole server (one worker, embedded PostgreSQL) has connected clients and a steady stream of posts; how long a post
takes from its author to them is measured before a storm and during it: many logins at once, many clients coming back
at once, a client that stops reading. The clients are processes of their own: `listeners`, and `crowd` for the storms.
"""
