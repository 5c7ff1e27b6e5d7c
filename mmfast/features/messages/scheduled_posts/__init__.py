"""Posts to be made at a later time. Need a licence that this server does not have yet."""
