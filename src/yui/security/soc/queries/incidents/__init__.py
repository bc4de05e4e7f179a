"""Reads of the SOC's incidents."""
