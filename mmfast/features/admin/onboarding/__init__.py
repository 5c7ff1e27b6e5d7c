"""The first administrator's tour: the organisation's name, and that the set-up is done. The clients show it."""
