"""Reads of the SOC's hunting."""
