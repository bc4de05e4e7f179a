"""The one spine: figures measured from records."""
