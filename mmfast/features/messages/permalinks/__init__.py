"""Links to posts: recognising them in a message, and the preview of the linked post."""
