"""What the server does, by domain: identity < spaces < messages < delivery < integrations < admin.

Calls go down this order, news goes up through hooks and events. A feature folder holds the fixed set of files that
the design names; whatever is not a feature lives in `core`, `api`, `realtime`, `db` or `platform`.
"""
