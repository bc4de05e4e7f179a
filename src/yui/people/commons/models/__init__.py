"""Records of the room; one subject per file."""
