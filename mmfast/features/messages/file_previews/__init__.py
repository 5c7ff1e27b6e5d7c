"""Small pictures of pictures: thumbnail, preview and the blurred one that clients show first.

Not here: profile images, icons and custom emojis, which have sizes of their own.
"""
