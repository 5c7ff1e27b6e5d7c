"""Whether the server's memory stays as it is while clients stay connected. Run with `python -m bench.soak`.

A whole server (one worker, embedded PostgreSQL) has thousands of connected clients, most of them idle, and for an hour
gets what a day brings: posts in small and large channels, typing, requests, connections that break and are taken up
again or begun anew. Before the first sample counts, the events kept for those who come back are filled up to their
bound (`mmfast.realtime.hub.KEPT_EVENTS`): that memory is meant to be used, and would look like a leak.
"""
