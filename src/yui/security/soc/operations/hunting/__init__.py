"""Verbs of the SOC's hunting."""
