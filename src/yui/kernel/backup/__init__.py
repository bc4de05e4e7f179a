"""Backup into one archive, and restore from it into either database."""
