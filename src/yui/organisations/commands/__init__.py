"""Commands for the first administrator, and for people who are locked out."""
