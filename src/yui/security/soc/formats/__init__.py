"""One file per outside format: bytes to log records, pure; every error names file, position and remedy."""
