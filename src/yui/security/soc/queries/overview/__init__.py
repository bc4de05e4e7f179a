"""Reads of the SOC's overview."""
