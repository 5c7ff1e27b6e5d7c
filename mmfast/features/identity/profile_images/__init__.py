"""Profile images: uploaded ones, and those drawn for users who have none.

Not here: the pictures in posts (`messages.files`), and team icons.
"""
