"""Verbs of the SOC, one folder per subject."""
