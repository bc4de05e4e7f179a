"""Who could help, whose turn it is, what waits, and the figures of what was solved."""
