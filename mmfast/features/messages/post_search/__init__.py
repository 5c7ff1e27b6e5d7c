"""The search for posts by words, hashtags and filters. How searches are read is in `search_terms`."""
