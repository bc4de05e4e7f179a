"""What happened, and who wants to know."""
