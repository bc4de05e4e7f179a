"""Pages of good practices; one subject per file."""
