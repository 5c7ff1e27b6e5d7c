"""What is shown with posts: reactions, files, custom emojis, priority, embeds and picture sizes.

Here it is gathered, for many posts at once; each part is kept by its own feature.
"""
