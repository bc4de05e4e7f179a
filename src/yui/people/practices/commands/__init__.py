"""Commands of the room; one subject per file."""
