"""Users who ask their administrators for a feature that the server's licence does not give.

The requests are kept as the reference keeps them. Not here: writing the message to the administrators (`REQUESTS_DUE`).
"""
