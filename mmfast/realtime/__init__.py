"""Everything that happens over the WebSocket: events, who hears them, the client's requests, taking up a cut line.

Here: what an event is (`event`), internal news between workers (`signals`), who is connected and hears what (`hub`),
one client's session (`connection`) and the requests that a client may send (`actions`).

Not here: which events an operation announces and with what data (each feature's `events` and `service`), what online
and away mean (`features/identity/statuses`), and the framing of RFC 6455 (`mmfast/wire`).
"""
