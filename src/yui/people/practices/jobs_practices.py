"""The clock over good practices."""
