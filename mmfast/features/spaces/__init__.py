"""Where people meet: teams and channels, their members and how a sidebar shows them."""
