"""Verbs of the SOC's rules."""
