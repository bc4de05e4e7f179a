"""What joint administrators do with the words that mean the same."""
