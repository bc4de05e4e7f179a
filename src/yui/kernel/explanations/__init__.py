"""What rooms have to say about a month: what changed and why, what is at risk, what must be decided."""
