"""Reads of the SOC's rules."""
