"""Verbs of the SOC's alerts."""
