"""Commands that start and run Yui."""
