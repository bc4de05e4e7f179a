"""Reads of improvement proposals."""
