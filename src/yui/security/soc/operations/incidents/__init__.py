"""Verbs of the SOC's incidents."""
