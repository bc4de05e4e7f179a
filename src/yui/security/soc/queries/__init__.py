"""Reads of the SOC that span models, one folder per subject."""
