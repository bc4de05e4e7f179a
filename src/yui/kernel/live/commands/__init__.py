"""``yui live``."""
