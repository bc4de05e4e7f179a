"""Readers of files: bytes to rows, nothing stored, nothing changed."""
