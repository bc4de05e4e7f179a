"""Pages of improvement proposals; one per file."""
