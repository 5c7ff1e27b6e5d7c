"""Limits on users and on the age of posts. There are none here; clients ask nevertheless, and 0 tells them so."""
