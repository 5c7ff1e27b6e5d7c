"""Where a shortened link leads, for clients that show it beside the link."""
