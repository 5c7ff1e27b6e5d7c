"""A message from the system's bot by which users see whether notifications reach them."""
