"""Reads that span records of the registry."""
