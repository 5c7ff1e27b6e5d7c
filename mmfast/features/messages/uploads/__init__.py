"""Uploads in parts that go on after a break: attachments of posts, and archives that the administrator will import.

What becomes of the finished file is `file_uploads`' business, and the importer's.
"""
