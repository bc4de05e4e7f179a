"""Pages of the registry; one per file."""
