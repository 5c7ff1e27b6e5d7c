"""Which files a post has: given to it when it is made or changed, deleted with it."""
