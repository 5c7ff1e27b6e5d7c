"""An organisation's own terms of service, and who accepted them.

Not here: clients that show them at login read them through these routes; nothing is enforced by the server.
"""
