"""Who is online, away, not to be disturbed or offline, and until when.

A status is kept in the table `status` and in each worker's cache; only the user's own clients are told of a change, the
others ask. What a person says of the moment (emoji and text) is `custom_statuses`; typing is not here either.
"""
