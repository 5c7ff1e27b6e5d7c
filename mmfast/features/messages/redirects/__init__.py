"""Where a short link leads, for clients that show it before one follows it."""
