"""What a storm costs those who are connected already. Run with `python -m bench.storms`.

A whole server (one worker, embedded PostgreSQL) has connected clients and a steady stream of posts; how long a post
takes from its author to them is measured before a storm and during it: many logins at once, many clients coming back
at once, a client that stops reading. The clients are processes of their own: `listeners`, and `crowd` for the storms.

Where the machine has two cores, the server has the first and everything else the second, and server, database and
listeners go before the crowd and the machine's other work where we may say so. Who comes back is not in the channel of
the posts: more receivers would make every post dearer. With TMPDIR=/dev/shm the database writes to memory, so that a
disk that others use, too, is not what is measured.
"""
