"""What people type to search: words, phrases, exclusions and filters like `from:` or `before:`.

Here the text is read, and its filters become SQL that searches for posts and for files have in common. What the words
are looked for in is each search's own business.
"""
