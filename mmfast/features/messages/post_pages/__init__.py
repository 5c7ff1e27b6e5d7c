"""Pages of a channel's posts kept as JSON: what most readers ask for most often, encoded once for all of them."""
