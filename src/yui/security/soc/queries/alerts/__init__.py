"""Reads of the SOC's alerts."""
